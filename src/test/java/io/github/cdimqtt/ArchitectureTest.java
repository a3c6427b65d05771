package io.github.cdimqtt;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The house: imports go one way, Paho is known in one package, CDI is not known in the session. */
class ArchitectureTest {
    private static final String API = "io.github.cdimqtt";
    private static final String TEXT = "io.github.cdimqtt.internal.text";
    private static final String CLIENT = "io.github.cdimqtt.internal.client";
    private static final String NET = "io.github.cdimqtt.internal.net";
    private static final String PAHO = "io.github.cdimqtt.internal.paho";
    private static final String CDI = "io.github.cdimqtt.internal.cdi";
    private static final String EXTENSION = "io.github.cdimqtt.extension";
    private static final String[] SIGNATURES = {
        "java..", "jakarta.enterprise..", "jakarta.inject..", "org.jspecify..", API, ""
    };

    /** Where the library is, and not its tests. */
    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .importUrl(MqttMessage.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void library_hasSevenPackages() {
        assertThat(LIBRARY.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
                .isEqualTo(Set.of(TEXT, API, CLIENT, NET, PAHO, CDI, EXTENSION));
    }

    @Test
    void imports_goOneWay() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("text")
                .definedBy(TEXT)
                .layer("api")
                .definedBy(API)
                .layer("client")
                .definedBy(CLIENT)
                .layer("net")
                .definedBy(NET)
                .layer("paho")
                .definedBy(PAHO)
                .layer("cdi")
                .definedBy(CDI)
                .layer("extension")
                .definedBy(EXTENSION)
                .whereLayer("extension")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("extension")
                .mayOnlyAccessLayers("cdi")
                .whereLayer("cdi")
                .mayOnlyBeAccessedByLayers("extension")
                .whereLayer("paho")
                .mayOnlyBeAccessedByLayers("cdi")
                .whereLayer("net")
                .mayOnlyBeAccessedByLayers("paho", "cdi")
                .whereLayer("client")
                .mayOnlyBeAccessedByLayers("paho", "cdi")
                .whereLayer("text")
                .mayNotAccessAnyLayer()
                .check(LIBRARY);
    }

    @Test
    void packages_areInNoCycle() {
        slices().matching("(io.github.cdimqtt..)").should().beFreeOfCycles().check(LIBRARY);
    }

    @Test
    void paho_isNamedInOnePackageAlone() {
        noClasses()
                .that(resideInAnyPackage(TEXT, API, CLIENT, NET, CDI, EXTENSION))
                .should()
                .dependOnClassesThat(resideInAPackage("org.eclipse.paho.."))
                .check(LIBRARY);
    }

    @Test
    void cdi_isNotNamedInTheSessionOrTheTransport() {
        noClasses()
                .that(resideInAnyPackage(TEXT, CLIENT, NET, PAHO))
                .should()
                .dependOnClassesThat(resideInAnyPackage("jakarta..", "javax.enterprise..", "javax.inject.."))
                .check(LIBRARY);
    }

    @ParameterizedTest
    @CsvSource({
        "JsonbConverter, jakarta.json..",
        "MicroProfileConfiguration, org.eclipse.microprofile.config..",
        "ManagedThreads, jakarta.enterprise.concurrent..",
        "HealthChecks, org.eclipse.microprofile.health.."
    })
    void optionalApi_isNamedInOneClass(String name, String api) {
        noClasses()
                .that(describe("are not " + name, type -> !type.getSimpleName().equals(name)))
                .should()
                .dependOnClassesThat(resideInAPackage(api))
                .check(LIBRARY);
    }

    @Test
    void words_areTheSameInEveryLocale() {
        noClasses()
                .should()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "formatted", Object[].class)
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .check(LIBRARY);
    }

    @Test
    void internals_ofTheExtension_areHidden() {
        classes()
                .that()
                .resideInAPackage(CDI)
                .and()
                .doNotHaveSimpleName("PortableExtension")
                .and()
                .areTopLevelClasses()
                .should()
                .notBePublic()
                .check(LIBRARY);
    }

    @Test
    void api_namesNoTypeOfALibraryInItsSignatures() {
        methods()
                .that()
                .areDeclaredInClassesThat(resideInAnyPackage(API, EXTENSION))
                .should(nameOnly())
                .check(LIBRARY);
        assertThat(LIBRARY.stream()
                        .filter(resideInAnyPackage(API, EXTENSION))
                        .flatMap(type -> Stream.concat(type.getFields().stream(), type.getConstructors().stream()))
                        .filter(ArchitectureTest::isOfTheApi)
                        .flatMap(ArchitectureTest::foreign))
                .isEmpty();
    }

    private static ArchCondition<JavaMember> nameOnly() {
        return new ArchCondition<>("name only types of the JDK, CDI and the API") {
            @Override
            public void check(JavaMember member, ConditionEvents events) {
                if (isOfTheApi(member)) {
                    foreign(member).forEach(text -> events.add(SimpleConditionEvent.violated(member, text)));
                }
            }
        };
    }

    private static boolean isOfTheApi(JavaMember member) {
        return member.getOwner().getModifiers().contains(JavaModifier.PUBLIC)
                && (member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED));
    }

    private static Stream<String> foreign(JavaMember member) {
        Stream<JavaType> types = member instanceof JavaCodeUnit code
                ? Stream.concat(
                        Stream.concat(Stream.of(code.getReturnType()), code.getParameterTypes().stream()),
                        code.getExceptionTypes().stream())
                : Stream.of(((JavaField) member).getType());
        return types.flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .map(JavaClass::getBaseComponentType)
                .filter(type ->
                        !type.isPrimitive() && !resideInAnyPackage(SIGNATURES).test(type))
                .map(type -> member.getFullName() + " names " + type.getName());
    }
}
