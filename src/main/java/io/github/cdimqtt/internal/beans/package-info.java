/** The beans of the application that the library uses. */
@NullMarked
package io.github.cdimqtt.internal.beans;

import org.jspecify.annotations.NullMarked;
