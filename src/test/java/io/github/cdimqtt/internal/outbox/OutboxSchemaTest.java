package io.github.cdimqtt.internal.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.reporting.MessageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboxSchemaTest {
    private static final Path FILES = Path.of("src/main/resources/META-INF/cdi-mqtt/outbox");

    private TestDatabase database = new TestDatabase("");

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void tables_areCreatedOnce_alsoUnderAnotherName() {
        Copy copy = new Copy(database, settings -> settings.table("orders_outbox")).start();
        copy.publish("1");
        new Copy(database, settings -> settings.table("orders_outbox")).start();
        assertThat(database.query("SELECT COUNT(*) FROM orders_outbox")).containsExactly("1");
        assertThat(database.query("SELECT COUNT(*) FROM orders_outbox_lease")).containsExactly("1");
    }

    @Test
    void missingTables_areToldWithTheRemedy_andFoundWhenTheyAreThere() {
        Copy copy = new Copy(database, settings -> settings.create(false)).start();
        assertThat(copy.listener.logs(MessageId.OUTBOX_AWAY))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("the table cdi_mqtt_outbox can't be read (Table \"CDI_MQTT_OUTBOX\" not found")
                        .contains(
                                "); if it is missing, create it as META-INF/cdi-mqtt/outbox/h2.sql in the jar of cdi-mqtt does, or"
                                        + " set outbox.create=true"));
        assertThatThrownBy(() -> copy.publish("1")).isInstanceOf(MqttException.class);
        new Copy(database).start().outbox.release();
        copy.intervals(1);
        copy.publish("1");
        assertThat(copy.sent()).containsExactly("1");
    }

    @Test
    void tablesThatCantBeCreated_areTold() {
        database.execute("CREATE TABLE cdi_mqtt_outbox (id INTEGER)");
        Copy copy = new Copy(database).start();
        assertThat(copy.listener.logs(MessageId.OUTBOX_AWAY))
                .singleElement()
                .satisfies(
                        line -> assertThat(line)
                                .contains(
                                        "the table cdi_mqtt_outbox can't be created (Table \"CDI_MQTT_OUTBOX\" already exists"));
        assertThatThrownBy(() -> copy.publish("1")).hasMessageContaining("the table cdi_mqtt_outbox can't be created");
    }

    /** H2 imitates the types of others, if not all of their syntax: what it does not know is left out here. */
    @ParameterizedTest
    @CsvSource({
        "h2.sql, ''",
        "postgresql.sql, ;MODE=PostgreSQL",
        "mysql.sql, ;MODE=MariaDB",
        "oracle.sql, ;MODE=Oracle",
        "sqlserver.sql, ;MODE=MSSQLServer",
        "db2.sql, ;MODE=DB2"
    })
    void statementsForEachDatabase_makeTablesThatWork(String file, String mode) throws IOException {
        database.close();
        database = new TestDatabase(mode);
        for (String each : Files.readString(FILES.resolve(file)).split(";")) {
            database.execute(each.replace("CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "")
                    .replace("COLLATE Latin1_General_BIN2", "")
                    .replace("IDENTITY (ORDER)", "IDENTITY")
                    .replace("CODEUNITS32", "")
                    .replace("VARBINARY(MAX)", "VARBINARY"));
        }
        Copy copy = new Copy(database, settings -> settings.create(false)).start();
        copy.publish("1");
        copy.publish("");
        assertThat(copy.sent()).containsExactly("1", "");
        copy.acknowledge(2);
        assertThat(database.rows()).isZero();
    }

    @Test
    void statements_areThoseOnThePage() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/transactions.md"));
        try (Stream<Path> files = Files.list(FILES)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(6);
            for (Path each : all) {
                assertThat(page).contains("(`" + each.getFileName() + "`)", Files.readString(each));
            }
        }
    }
}
