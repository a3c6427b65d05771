package io.github.cdimqtt.internal.config;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;

/** Both kinds of configuration, with a file and an environment made by hand. */
public enum Sources {
    BUILT_IN {
        @Override
        public Configuration of(Map<String, String> file, Map<String, String> environment) {
            return new BuiltInConfiguration(
                    Map.of(), environment, List.of(new ConfigurationFile("app.properties", file)));
        }

        @Override
        String file() {
            return "app.properties";
        }

        @Override
        String variable(String name) {
            return "environment variable " + name;
        }
    },
    MICRO_PROFILE {
        @Override
        public Configuration of(Map<String, String> file, Map<String, String> environment) {
            return new MicroProfileConfiguration(new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .withSources(
                            new EnvConfigSource(environment, 300),
                            new PropertiesConfigSource(file, "app.properties", 100))
                    .build());
        }

        @Override
        String file() {
            return "PropertiesConfigSource[source=app.properties]";
        }

        @Override
        String variable(String name) {
            return "EnvConfigSource";
        }
    };

    public abstract Configuration of(Map<String, String> file, Map<String, String> environment);

    /** How a value of the file says where it comes from. */
    abstract String file();

    /** How a value of the environment says where it comes from. */
    abstract String variable(String name);
}
