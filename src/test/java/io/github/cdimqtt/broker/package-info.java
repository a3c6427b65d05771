/** Brokers to test against, and what stands between a client and a broker or beside it. */
package io.github.cdimqtt.broker;
