package io.github.cdimqtt.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Unit tests that start a CDI container are tagged so: they run on each container, the others once. */
class ContainerTagTest {

    /** The tags of tests that start a container; "bare" ones also run on each. */
    private static final Set<String> TAGS = Set.of("container", "bare");

    private static final List<String> CONTAINERS = List.of("jakarta.enterprise.inject.se.", "org.jboss.weld.");

    private static final JavaClasses TESTS = new ClassFileImporter()
            .importUrl(
                    ContainerTagTest.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void unitTests_thatStartAContainer_andNoOthers_areTagged() {
        List<JavaClass> tests = TESTS.stream()
                .filter(type -> type.isTopLevelClass() && type.getSimpleName().endsWith("Test"))
                .toList();
        assertThat(names(tests.stream().filter(ContainerTagTest::isTagged).toList()))
                .isEqualTo(names(tests.stream().filter(this::startsAContainer).toList()));
    }

    private static List<String> names(List<JavaClass> types) {
        return types.stream().map(JavaClass::getName).sorted().toList();
    }

    private static boolean isTagged(JavaClass test) {
        return test.isAnnotatedWith(Tag.class)
                && TAGS.contains(test.getAnnotationOfType(Tag.class).value());
    }

    private boolean startsAContainer(JavaClass test) {
        Set<JavaClass> seen = new HashSet<>();
        return TESTS.stream()
                .filter(type -> type.equals(test) || type.getName().startsWith(test.getName() + "$"))
                .anyMatch(type -> reachesContainer(type, seen));
    }

    private static boolean reachesContainer(JavaClass type, Set<JavaClass> seen) {
        if (CONTAINERS.stream().anyMatch(type.getName()::startsWith)) {
            return true;
        }
        return TESTS.contain(type.getName())
                && seen.add(type)
                && type.getDirectDependenciesFromSelf().stream()
                        .map(Dependency::getTargetClass)
                        .anyMatch(target -> reachesContainer(target, seen));
    }
}
