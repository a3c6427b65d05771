/** The library in Jakarta EE servers: each test asks an application there over MQTT or HTTP, and hears what it tells. */
package io.github.cdimqtt.server;
