CREATE TABLE cdi_mqtt_outbox (
    id BIGINT IDENTITY(1, 1) PRIMARY KEY,
    message_id NVARCHAR(36) NOT NULL UNIQUE,
    connection_name NVARCHAR(200) COLLATE Latin1_General_BIN2 NOT NULL,
    topic NVARCHAR(1000) NOT NULL,
    payload VARBINARY(MAX),
    qos SMALLINT NOT NULL,
    retained SMALLINT NOT NULL,
    properties VARBINARY(MAX),
    created BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    failure NVARCHAR(1000),
    UNIQUE (connection_name, attempts, id)
);
CREATE TABLE cdi_mqtt_outbox_lease (
    connection_name NVARCHAR(200) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
    owner NVARCHAR(36),
    beat BIGINT NOT NULL
);
