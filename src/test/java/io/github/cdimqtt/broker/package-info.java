/** Brokers to test against, proxies between a client and a broker, and other clients. */
package io.github.cdimqtt.broker;
