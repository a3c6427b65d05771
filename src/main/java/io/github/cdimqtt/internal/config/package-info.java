/** Reads the settings of connections: sources, expressions, keys, and what is wrong with them. */
@NullMarked
package io.github.cdimqtt.internal.config;

import org.jspecify.annotations.NullMarked;
