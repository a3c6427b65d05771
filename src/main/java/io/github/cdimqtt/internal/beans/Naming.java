package io.github.cdimqtt.internal.beans;

import io.github.cdimqtt.MqttException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;
import org.jspecify.annotations.Nullable;

/** Naming (JNDI), as far as the calling thread and the JDK have any. */
public final class Naming {
    private Naming() {}

    /** What needs the module java.naming, in a class that is linked where it is used. */
    @SuppressWarnings("BanJNDI") // names are constants or configured
    private static final class Module {
        private static Object lookUp(String name) {
            try {
                return InitialContext.doLookup(name);
            } catch (NamingException e) {
                throw new MqttException(String.valueOf(e.getMessage()), e);
            }
        }

        private static boolean mayHave(String name) {
            try {
                return InitialContext.doLookup(name) != null;
            } catch (NoInitialContextException nowhere) {
                return false;
            } catch (NamingException absent) {
                return true;
            }
        }
    }

    /**
     * Returns what has a name.
     *
     * @throws MqttException that says why there is none of this type
     */
    public static <T> T lookUp(String name, Class<T> type) {
        try {
            return type.cast(Module.lookUp(name));
        } catch (ClassCastException | LinkageError e) { // the latter without the module
            throw new MqttException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns what has a name; null if there is none of this type. */
    public static <T> @Nullable T find(String name, Class<T> type) {
        try {
            return lookUp(name, type);
        } catch (MqttException absent) {
            return null;
        }
    }

    /** Returns whether there can be a name: what it stands for may not be there before the application has started. */
    public static boolean mayHave(String name) {
        try {
            return Module.mayHave(name);
        } catch (LinkageError absent) {
            return false;
        }
    }
}
