package io.github.cdimqtt;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The house: imports go one way, Paho is known in one package, CDI is not known in the session. */
class ArchitectureTest {
    private static final String API = "io.github.cdimqtt";
    private static final String EXTENSION = API + ".extension";
    private static final String TESTING = API + ".testing";
    private static final String INTERNAL = API + ".internal.";

    /** Each room with the rooms that it may import, lowest first; {@code api} is what applications import. */
    private static final Map<String, Set<String>> ROOMS = rooms("""
            text:
            net: text
            value: text
            api: text, net, value
            net.websocket: text, net
            concurrent: api
            net.tls: text, net, api
            packet: text, net, api
            topic: text, api
            net.connect: text, net, api, net.websocket, net.tls
            reporting: text, api, concurrent
            beans: text, api, reporting
            config: text, value, api, topic, reporting
            session.store: text, api, packet, reporting
            session.subscription: api, concurrent, packet, topic, reporting
            transport: net, packet, net.connect
            convert: text, api, reporting, beans
            direct: net, api, concurrent, packet, net.connect, transport
            memory.delivery: api, packet
            memory: api, concurrent, net.connect, packet, topic, memory.delivery, transport
            observability: api, reporting, beans
            paho: text, net, api, concurrent, packet, net.connect, transport
            session.reconnect: net, api, concurrent, packet
            session.inbound: text, value, api, concurrent, packet, reporting, session.store, session.subscription, transport
            session.outbound: text, api, concurrent, packet, reporting, session.store, transport
            dispatch: text, api, concurrent, packet, topic, reporting, beans, session.subscription, convert, session.inbound
            session: text, net, api, concurrent, packet, topic, net.connect, reporting, session.store, session.subscription, transport, session.reconnect, session.inbound, session.outbound
            transaction: api, beans
            outbox: text, api, concurrent, packet, reporting, session.store
            deployment: text, net, api, net.tls, topic, reporting, beans, config, convert, dispatch, transaction
            application: text, value, net, api, concurrent, net.tls, packet, topic, reporting, beans, config, session.store, transport, convert, direct, memory, memory.delivery, observability, paho, dispatch, session, transaction, outbox, deployment
            testing: text, net, api, packet, topic, convert, memory.delivery, memory, dispatch, application
            portable: text, api, concurrent, reporting, beans, config, convert, observability, dispatch, deployment, application, testing
            extension: portable
            lite: text, api, reporting, beans, convert, observability, dispatch, deployment, application, testing, extension
            """);

    /** Those that know CDI. */
    private static final Set<String> OF_CDI = Set.of(
            "api",
            "beans",
            "convert",
            "observability",
            "dispatch",
            "transaction",
            "deployment",
            "application",
            "testing",
            "portable",
            "lite",
            "extension");

    private static final String SPI = "jakarta.enterprise.inject.spi";

    /** Those of the SPI that are in CDI Lite, too (CDI 4.0, package jakarta.enterprise.inject.spi). */
    private static final Set<String> OF_CDI_LITE = Set.of(
            "Bean",
            "BeanAttributes",
            "BeanContainer",
            "CDI",
            "DeploymentException",
            "EventContext",
            "EventMetadata",
            "ObserverMethod",
            "Prioritized");

    private static final DescribedPredicate<JavaClass> BUILD_SPI =
            resideInAPackage("jakarta.enterprise.inject.build.compatible.spi");

    private static final String[] SIGNATURES = {
        "java..", "jakarta.enterprise..", "jakarta.inject..", "org.jspecify..", API, TESTING, ""
    };

    /** Where the library is, and not its tests. */
    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .importUrl(MqttMessage.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void rooms_importWhatTheTableAllows_andAllOfIt() {
        Map<String, Set<String>> imports = new HashMap<>();
        ROOMS.keySet().forEach(room -> imports.put(room, new TreeSet<>()));
        LIBRARY.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency ->
                        dependency.getTargetClass().getPackageName().startsWith(API))
                .forEach(dependency -> imports.get(roomOf(dependency.getOriginClass()))
                        .add(roomOf(dependency.getTargetClass().getBaseComponentType())));
        imports.forEach((room, others) -> others.remove(room));
        assertThat(imports).isEqualTo(ROOMS);
    }

    private static Map<String, Set<String>> rooms(String table) {
        return table.lines()
                .map(line -> line.split(":", -1))
                .collect(Collectors.toMap(
                        line -> line[0],
                        line -> Stream.of(line[1].split(","))
                                .map(String::strip)
                                .filter(room -> !room.isEmpty())
                                .collect(Collectors.toSet())));
    }

    private static String roomOf(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(API) ? "api" : name.substring((name.startsWith(INTERNAL) ? INTERNAL : API + ".").length());
    }

    private static DescribedPredicate<JavaClass> inRooms(Predicate<String> which) {
        return describe("are in rooms such as these", type -> which.test(roomOf(type)));
    }

    @Test
    void packages_areInNoCycle() {
        slices().matching("(io.github.cdimqtt..)").should().beFreeOfCycles().check(LIBRARY);
    }

    @Test
    void paho_isNamedInOnePackageAlone() {
        noClasses()
                .that(inRooms(room -> !room.equals("paho")))
                .should()
                .dependOnClassesThat(resideInAPackage("org.eclipse.paho.."))
                .check(LIBRARY);
    }

    @Test
    void cdi_isNotNamedInTheSessionOrTheTransport() {
        noClasses()
                .that(inRooms(room -> !OF_CDI.contains(room)))
                .should()
                .dependOnClassesThat(resideInAnyPackage("jakarta..", "javax.enterprise..", "javax.inject.."))
                .check(LIBRARY);
    }

    /** What CDI Lite lacks is for portable extensions alone; all else is to run where there are none. */
    @Test
    void spiOfPortableExtensions_isNamedInTheirRoomAlone() {
        noClasses()
                .that(inRooms(room -> !Set.of("portable", "extension").contains(room)))
                .should()
                .dependOnClassesThat(describe(
                        "are of the SPI and not of CDI Lite",
                        type -> type.getPackageName().equals(SPI) && !OF_CDI_LITE.contains(type.getSimpleName())))
                .check(LIBRARY);
    }

    /** Its containers have CDI 4.1; the others may have CDI 4.0. */
    @Test
    void whatCameWithCdi41_isUsedInTheLiteRoomAlone() throws IOException {
        JavaClasses cdi40 =
                new ClassFileImporter().importJar(new JarFile("target/cdi-4.0/jakarta.enterprise.cdi-api.jar"));
        Set<String> classes = cdi40.stream().map(JavaClass::getName).collect(Collectors.toSet());
        Set<String> methods = cdi40.stream()
                .flatMap(type -> type.getAllMethods().stream()
                        .map(method -> type.getName() + signature(method.getName(), method.getRawParameterTypes())))
                .collect(Collectors.toSet());
        assertThat(LIBRARY.stream()
                        .filter(type -> !roomOf(type).equals("lite"))
                        .flatMap(type -> Stream.concat(
                                type.getDirectDependenciesFromSelf().stream()
                                        .map(each -> each.getTargetClass().getBaseComponentType())
                                        .filter(used -> used.getName().startsWith("jakarta.enterprise.")
                                                && !used.getName().startsWith("jakarta.enterprise.concurrent")
                                                && !classes.contains(used.getName()))
                                        .map(used -> type.getName() + " -> " + used.getName()),
                                type.getMethodCallsFromSelf().stream()
                                        .map(JavaMethodCall::getTarget)
                                        .filter(called -> classes.contains(
                                                called.getOwner().getName()))
                                        .map(called -> called.getOwner().getName()
                                                + signature(called.getName(), called.getRawParameterTypes()))
                                        .filter(called -> !methods.contains(called))
                                        .map(called -> type.getName() + " -> " + called))))
                .isEmpty();
    }

    private static String signature(String name, List<JavaClass> parameters) {
        return parameters.stream().map(JavaClass::getName).collect(Collectors.joining(", ", "." + name + "(", ")"));
    }

    @ParameterizedTest
    @CsvSource({
        "JsonbConverter, jakarta.json..",
        "JacksonConverter, com.fasterxml..",
        "MicroProfileConfiguration, org.eclipse.microprofile.config..",
        "ManagedThreads, jakarta.enterprise.concurrent..",
        "HealthChecks, org.eclipse.microprofile.health..",
        "MicrometerMeters, io.micrometer..",
        "MicroProfileMeters, org.eclipse.microprofile.metrics..",
        "JtaTransactions, jakarta.transaction.."
    })
    void optionalApi_isNamedInOneClass_andWhereItsBeansAreKept(String name, String api) {
        noClasses()
                .that(describe(
                        "are not " + name,
                        type -> !type.getName().contains("." + name)
                                && !type.getName().startsWith(INTERNAL + "lite.Kept")))
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
    void api_isOfPublicTypes() {
        assertThat(LIBRARY.stream()
                        .filter(type -> type.isTopLevelClass()
                                && type.getPackageName().equals(API)
                                && !type.getModifiers().contains(JavaModifier.PUBLIC)
                                && !type.getSimpleName().equals("package-info"))
                        .map(JavaClass::getSimpleName))
                .containsExactly("BuiltInConverter");
    }

    @Test
    void packages_areSmall() {
        Map<String, Long> sizes = LIBRARY.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(sizes).allSatisfy((room, types) -> assertThat(types).isLessThanOrEqualTo(25));
    }

    /** But for those that a container of CDI Lite makes instances of, and annotations, which its classes for beans name. */
    @Test
    void types_thatNoOtherRoomUses_areHidden() {
        assertThat(LIBRARY.stream()
                        .filter(type -> type.isTopLevelClass()
                                && type.getModifiers().contains(JavaModifier.PUBLIC)
                                && !type.isAnnotation()
                                && type.getPackageName().startsWith(INTERNAL))
                        .filter(type -> LIBRARY.stream()
                                .noneMatch(each -> each.getName().startsWith(type.getName())
                                        && each.getAllRawInterfaces().stream().anyMatch(BUILD_SPI)))
                        .filter(type -> type.getDirectDependenciesToSelf().stream()
                                .allMatch(use -> roomOf(use.getOriginClass()).equals(roomOf(type))))
                        .map(JavaClass::getName))
                .isEmpty();
    }

    @Test
    void api_namesNoTypeOfALibraryInItsSignatures() {
        assertThat(LIBRARY.stream()
                        .filter(resideInAnyPackage(API, EXTENSION, TESTING))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .flatMap(ArchitectureTest::members)
                        .filter(ArchitectureTest::isOfTheApi)
                        .flatMap(ArchitectureTest::foreign))
                .isEmpty();
    }

    /** Returns the members that a user sees, inherited ones too. */
    private static Stream<JavaMember> members(JavaClass type) {
        return Stream.of(type.getAllFields(), type.getConstructors(), type.getAllMethods())
                .flatMap(Set::stream);
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
