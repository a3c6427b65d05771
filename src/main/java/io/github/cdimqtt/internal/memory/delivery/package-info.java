/**
 * What becomes of the messages that a test publishes: who has received a copy, which observers run, which have failed, and whether
 * it is acknowledged. Knows neither the broker nor CDI.
 */
@NullMarked
package io.github.cdimqtt.internal.memory.delivery;

import org.jspecify.annotations.NullMarked;
