/** Foreign text: its rules, its decoding, and how messages show it. Depends on no other package. */
@NullMarked
package io.github.cdimqtt.internal.text;

import org.jspecify.annotations.NullMarked;
