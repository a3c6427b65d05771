/** Tests of applications: a broker inside the JVM, and what became of a message. */
@NullMarked
package io.github.cdimqtt.testing;

import org.jspecify.annotations.NullMarked;
