package io.github.cdimqtt.broker;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Injects one broker into the test classes and methods that have a parameter for it. Started for the first test, closed after
 * the last of the run. Tests use topics of their own; a test that stops its broker launches one of its own.
 */
public class SharedBroker implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == TestBroker.class;
    }

    @Override
    public TestBroker resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(Namespace.create(SharedBroker.class))
                .getOrComputeIfAbsent(choice(), TestBroker::launch, TestBroker.class);
    }

    String choice() {
        return TestBroker.chosenOr(TestBroker.DEFAULT);
    }
}
