/** Decides, by how attempts and connections ended, where and when to connect next, and what is probably the reason. */
@NullMarked
package io.github.cdimqtt.internal.session.reconnect;

import org.jspecify.annotations.NullMarked;
