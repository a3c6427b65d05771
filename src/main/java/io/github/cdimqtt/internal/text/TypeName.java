package io.github.cdimqtt.internal.text;

import java.lang.reflect.Type;
import java.util.regex.Pattern;

/** The names of Java types in messages. */
public final class TypeName {
    private static final Pattern QUALIFIER = Pattern.compile("[^<>,\\[\\] ]*[.$](?=[^<>,\\[\\] .$])");

    private TypeName() {}

    /** Returns the name of a type without packages and outer classes. */
    public static String of(Type type) {
        return QUALIFIER.matcher(type.getTypeName()).replaceAll("");
    }
}
