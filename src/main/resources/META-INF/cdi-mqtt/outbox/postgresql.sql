CREATE TABLE cdi_mqtt_outbox (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id VARCHAR(36) NOT NULL UNIQUE,
    connection_name VARCHAR(200) NOT NULL,
    topic VARCHAR(1000) NOT NULL,
    payload BYTEA,
    qos SMALLINT NOT NULL,
    retained SMALLINT NOT NULL,
    properties BYTEA,
    created BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    failure VARCHAR(1000),
    UNIQUE (connection_name, attempts, id)
);
CREATE TABLE cdi_mqtt_outbox_lease (
    connection_name VARCHAR(200) NOT NULL PRIMARY KEY,
    owner VARCHAR(36),
    beat BIGINT NOT NULL
);
