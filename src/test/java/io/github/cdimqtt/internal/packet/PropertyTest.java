package io.github.cdimqtt.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.internal.value.Limits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertyTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0x01 | payload format indicator           | BYTE       | PUBLISH will
                    0x02 | message expiry interval            | FOUR_BYTES | PUBLISH will
                    0x03 | content type                       | TEXT       | PUBLISH will
                    0x08 | response topic                     | TEXT       | PUBLISH will
                    0x09 | correlation data                   | DATA       | PUBLISH will
                    0x0b | subscription identifier            | VARIABLE   | PUBLISH SUBSCRIBE
                    0x11 | session expiry interval            | FOUR_BYTES | CONNECT CONNACK DISCONNECT
                    0x12 | assigned client identifier         | TEXT       | CONNACK
                    0x13 | server keep alive                  | TWO_BYTES  | CONNACK
                    0x15 | authentication method              | TEXT       | CONNECT CONNACK AUTH
                    0x16 | authentication data                | DATA       | CONNECT CONNACK AUTH
                    0x17 | request problem information        | BYTE       | CONNECT
                    0x18 | will delay interval                | FOUR_BYTES | will
                    0x19 | request response information       | BYTE       | CONNECT
                    0x1a | response information               | TEXT       | CONNACK
                    0x1c | server reference                   | TEXT       | CONNACK DISCONNECT
                    0x1f | reason string                      | TEXT       | CONNACK PUBACK PUBREC PUBREL PUBCOMP SUBACK UNSUBACK DISCONNECT AUTH
                    0x21 | receive maximum                    | TWO_BYTES  | CONNECT CONNACK
                    0x22 | topic alias maximum                | TWO_BYTES  | CONNECT CONNACK
                    0x23 | topic alias                        | TWO_BYTES  | PUBLISH
                    0x24 | maximum qos                        | BYTE       | CONNACK
                    0x25 | retain available                   | BYTE       | CONNACK
                    0x26 | user property                      | PAIR       | CONNECT CONNACK PUBLISH will PUBACK PUBREC PUBREL PUBCOMP SUBSCRIBE SUBACK UNSUBSCRIBE UNSUBACK DISCONNECT AUTH
                    0x27 | maximum packet size                | FOUR_BYTES | CONNECT CONNACK
                    0x28 | wildcard subscription available    | BYTE       | CONNACK
                    0x29 | subscription identifiers available | BYTE       | CONNACK
                    0x2a | shared subscription available      | BYTE       | CONNACK
                    """)
    void property_ofANumber_isThatOfTheSpecification(int number, String name, Property.Type type, String packets) {
        Property property = Property.of(number);
        assertThat(property).isNotNull().hasToString(name);
        assertThat(property.number()).isEqualTo(number);
        assertThat(property.type()).isEqualTo(type);
        List<String> names = Arrays.asList(packets.split(" "));
        assertThat(IntStream.range(0, 16).filter(property::isAllowedIn).mapToObj(PacketType::name))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void numbers_thatTheSpecificationDoesNotHave_areNoProperties() {
        assertThat(IntStream.rangeClosed(0, 0xffff).filter(number -> Property.of(number) != null))
                .hasSize(27);
        assertThat(Property.of(Limits.MAX_PACKET)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "PAYLOAD_FORMAT_INDICATOR, 0, 1",
        "MESSAGE_EXPIRY_INTERVAL, 0, 4294967295",
        "SUBSCRIPTION_IDENTIFIER, 1, 268435455",
        "SESSION_EXPIRY_INTERVAL, 0, 4294967295",
        "SERVER_KEEP_ALIVE, 0, 65535",
        "REQUEST_PROBLEM_INFORMATION, 0, 1",
        "WILL_DELAY_INTERVAL, 0, 4294967295",
        "REQUEST_RESPONSE_INFORMATION, 0, 1",
        "RECEIVE_MAXIMUM, 1, 65535",
        "TOPIC_ALIAS_MAXIMUM, 0, 65535",
        "TOPIC_ALIAS, 1, 65535",
        "MAXIMUM_QOS, 0, 1",
        "RETAIN_AVAILABLE, 0, 1",
        "MAXIMUM_PACKET_SIZE, 1, 4294967295",
        "WILDCARD_SUBSCRIPTION_AVAILABLE, 0, 1",
        "SUBSCRIPTION_IDENTIFIERS_AVAILABLE, 0, 1",
        "SHARED_SUBSCRIPTION_AVAILABLE, 0, 1"
    })
    void number_isInTheRangeOfTheSpecification(Property property, long least, long most) {
        assertThat(property.allows(least)).isTrue();
        assertThat(property.allows(most)).isTrue();
        assertThat(property.allows(least - 1)).isFalse();
        assertThat(property.allows(most + 1)).isFalse();
    }

    @Test
    void onlyUserPropertiesAndIdentifiersOfAMessage_mayOccurMoreThanOnce() {
        for (Property property : Property.values()) {
            assertThat(property.isRepeatable(PacketType.PUBLISH))
                    .isEqualTo(property == Property.USER_PROPERTY || property == Property.SUBSCRIPTION_IDENTIFIER);
            assertThat(property.isRepeatable(PacketType.SUBSCRIBE)).isEqualTo(property == Property.USER_PROPERTY);
        }
    }
}
