/** Messages that are rows in the application's database until the broker has acknowledged them. Plain JDBC. */
@NullMarked
package io.github.cdimqtt.internal.outbox;

import org.jspecify.annotations.NullMarked;
