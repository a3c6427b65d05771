CREATE TABLE cdi_mqtt_outbox (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    message_id VARCHAR(36) NOT NULL UNIQUE,
    connection_name VARCHAR(200) NOT NULL,
    topic VARCHAR(1000) NOT NULL,
    payload LONGBLOB,
    qos SMALLINT NOT NULL,
    retained SMALLINT NOT NULL,
    properties LONGBLOB,
    created BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    failure VARCHAR(1000),
    UNIQUE (connection_name, attempts, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE cdi_mqtt_outbox_lease (
    connection_name VARCHAR(200) NOT NULL PRIMARY KEY,
    owner VARCHAR(36),
    beat BIGINT NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
