/** From a message to its observers: routes, one CDI event for each message, and what their failures mean. */
@NullMarked
package io.github.cdimqtt.internal.dispatch;

import org.jspecify.annotations.NullMarked;
