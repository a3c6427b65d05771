CREATE TABLE cdi_mqtt_outbox (
    id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY (ORDER) PRIMARY KEY,
    message_id VARCHAR(36) NOT NULL UNIQUE,
    connection_name VARCHAR(200) NOT NULL,
    topic VARCHAR(1000 CODEUNITS32) NOT NULL,
    payload BLOB(256M),
    qos SMALLINT NOT NULL,
    retained SMALLINT NOT NULL,
    properties BLOB(256M),
    created BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    failure VARCHAR(1000 CODEUNITS32),
    UNIQUE (connection_name, attempts, id)
);
CREATE TABLE cdi_mqtt_outbox_lease (
    connection_name VARCHAR(200) NOT NULL PRIMARY KEY,
    owner VARCHAR(36),
    beat BIGINT NOT NULL
);
