/** What belongs to a transaction of the application, by Jakarta Transactions where that is there. */
@NullMarked
package io.github.cdimqtt.internal.transaction;

import org.jspecify.annotations.NullMarked;
