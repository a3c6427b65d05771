/** The library in Jakarta EE servers: each test asks an application there over MQTT or HTTP, and records its answers. */
package io.github.cdimqtt.server;
