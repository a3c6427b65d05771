package io.github.cdimqtt.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks a test of what only the portable extension can do, or what Weld does otherwise with a build compatible one: left out with
 * {@code -Plite}.
 */
@Tag("portable")
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface PortableOnly {}
