CREATE TABLE cdi_mqtt_outbox (
    id NUMBER(19) GENERATED ALWAYS AS IDENTITY (ORDER) PRIMARY KEY,
    message_id VARCHAR2(36 CHAR) NOT NULL UNIQUE,
    connection_name VARCHAR2(200 CHAR) NOT NULL,
    topic VARCHAR2(1000 CHAR) NOT NULL,
    payload BLOB,
    qos NUMBER(1) NOT NULL,
    retained NUMBER(1) NOT NULL,
    properties BLOB,
    created NUMBER(19) NOT NULL,
    attempts NUMBER(10) NOT NULL,
    failure VARCHAR2(1000 CHAR),
    UNIQUE (connection_name, attempts, id)
);
CREATE TABLE cdi_mqtt_outbox_lease (
    connection_name VARCHAR2(200 CHAR) NOT NULL PRIMARY KEY,
    owner VARCHAR2(36 CHAR),
    beat NUMBER(19) NOT NULL
);
