/** Topic names, topic filters and templates, and the tries that match them (MQTT 3.1.1, section 4.7). */
@NullMarked
package io.github.cdimqtt.internal.topic;

import org.jspecify.annotations.NullMarked;
