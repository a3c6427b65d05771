package io.github.cdimqtt.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which statements of MQTT 5.0 (appendix B) a test shows: it fails when one of them is broken. Stands before
 * {@code @Test} or {@code @ParameterizedTest}; {@code ConformanceTest} reads it in the sources.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.SOURCE)
@Repeatable(Statement.All.class)
public @interface Statement {
    /** The statements by their names in the specification, such as {@code MQTT-3.1.2-20}. */
    String[] value();

    /** Those that stand in several lines. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.SOURCE)
    @interface All {
        /** The lines. */
        Statement[] value();
    }
}
