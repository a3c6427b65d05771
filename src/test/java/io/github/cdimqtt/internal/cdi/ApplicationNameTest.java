package io.github.cdimqtt.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationNameTest {

    @ParameterizedTest
    @CsvSource({
        "com.example.House --port 1, House",
        "House, House",
        "/opt/app/house.jar --x=/y.z, house",
        "C:\\app\\house.jar, house",
        "house-1.2.jar, house-1.2",
        "'', app"
    })
    void command_isCutDownToWhatWasStarted(String command, String name) {
        assertThat(ApplicationName.ofCommand(command)).isEqualTo(name);
    }
}
