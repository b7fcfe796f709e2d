// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.access.events.EventsEndpoint;
import eu.nephele.smo.access.http.DynamicServiceProxy;
import eu.nephele.smo.access.identity.IdentitySubsystem;
import eu.nephele.smo.access.infrastructure.InfrastructureEndpoint;
import eu.nephele.smo.access.oidc.OidcSubsystem;
import eu.nephele.smo.access.plugins.PluginsEndpoint;
import eu.nephele.smo.access.shadow.ShadowsEndpoint;
import eu.nephele.smo.access.strategies.StrategiesEndpoint;
import eu.nephele.smo.api.runtime.CallContext;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** ADR 0056: each reading or changing method of the services that REST calls takes the caller. */
final class CallersKnownTest {

    /** A class of each bundle that serves REST. */
    private static final List<Class<?>> BUNDLES = List.of(
            SmoApplication.class,
            DynamicServiceProxy.class,
            EventsEndpoint.class,
            InfrastructureEndpoint.class,
            IdentitySubsystem.class,
            OidcSubsystem.class,
            PluginsEndpoint.class,
            ShadowsEndpoint.class,
            StrategiesEndpoint.class);

    private static final String ADAPTER =
            "an adapter, called by the server for itself; who serves what it tells stands at a door and asks";
    private static final String INSTALLED = "what is installed is nobody's: whoever may ask anything may read it";

    /** Interface, method or * → why the caller need not be known. */
    private static final Map<String, String> NOBODY = new TreeMap<>(Map.ofEntries(
            Map.entry("StrategyCatalog.strategies", INSTALLED),
            Map.entry("StrategyCatalog.objectives", INSTALLED),
            Map.entry("StrategyCatalog.intents", INSTALLED),
            Map.entry("StrategyCatalog.revision", INSTALLED),
            Map.entry("StrategyCatalog.check", "judges what the caller has sent by what is installed"),
            Map.entry("StrategyCatalog.defaultWith", "judges a value by what is installed; whoever sets it is asked"),
            Map.entry("SessionService.roles", INSTALLED),
            Map.entry("ResourceService.kinds", INSTALLED),
            Map.entry("ResourceService.wake", "of controllers, about their own kind; REST does not call it"),
            Map.entry("DescriptorReader.*", "reads what the caller has sent, by what is installed"),
            Map.entry("CapacityStore.*", "sums of clusters; Federation asks who may see each cluster"),
            Map.entry("AdmissionControl.*", "how much waits, of whomever"),
            Map.entry("InstanceStore.*", "the id of the installation, which is in each event"),
            Map.entry("EventLog.first", "a number of the whole log, as each event has one"),
            Map.entry("EventLog.last", "a number of the whole log, as each event has one"),
            Map.entry("EventLog.onPublished", "says that there is something, and not what"),
            Map.entry("ProjectLimits.limit", "how many streams a project may have, asked for whoever opens one"),
            Map.entry("ProviderExchange.*", "asks an identity provider who somebody is"),
            Map.entry("HttpSystem.*", "is how it is asked"),
            Map.entry("HttpSystems.*", "is how it is asked"),
            Map.entry("SecretSource.*", "the secret of this server at an identity provider"),
            Map.entry("ClusterRegistry.*", ADAPTER),
            Map.entry("SignalSource.*", ADAPTER),
            Map.entry("NetworkFabric.*", ADAPTER),
            Map.entry("ArtifactRepository.*", ADAPTER),
            Map.entry("InfrastructureProvider.*", ADAPTER),
            Map.entry("OutsideGuard.*", "stands before adapters"),
            Map.entry("AccessControl.*", "is what is asked"),
            Map.entry("AccessGate.*", "is what is asked"),
            Map.entry("Permissions.*", "is what is asked"),
            Map.entry("RecordedTraces.*", "of an operation that was found for the caller before"),
            Map.entry("Ownership.*", "which server owns the database, as /health says to everybody"),
            Map.entry("Subscription.*", "ends what somebody else has begun")));

    @Test
    void eachMethodThatReadsOrChangesGetsTheCaller() {
        Set<String> forgotten = new TreeSet<>();
        services().forEach(service -> methods(service)
                .filter(method -> !isTold(method) && excuse(service, method).isEmpty())
                .forEach(method -> forgotten.add(name(service, method.getName()))));

        assertThat(forgotten)
                .as("methods without a CallContext as last parameter; one that needs none is listed here, with why")
                .isEmpty();
    }

    @Test
    void listedMethodsAreCalledWithoutACaller() {
        Set<String> excused = new TreeSet<>();
        services().forEach(service -> methods(service)
                .filter(method -> !isTold(method))
                .forEach(method -> excused.addAll(excuse(service, method))));

        assertThat(excused).isEqualTo(NOBODY.keySet());
    }

    /** Else nothing would be looked at. */
    @Test
    void theServicesAreThere() {
        assertThat(services())
                .extracting(Class::getSimpleName)
                .contains(
                        "GraphService",
                        "ResourceService",
                        "DecisionService",
                        "PluginService",
                        "ShadowService",
                        "WebhookService",
                        "EventLog",
                        "StrategyCatalog",
                        "DefaultsControl",
                        "RuntimeService",
                        "Profiler");
    }

    private static Set<String> excuse(Class<?> service, Method method) {
        Set<String> excuses = new TreeSet<>(Set.of(name(service, "*"), name(service, method.getName())));
        excuses.retainAll(NOBODY.keySet());
        return excuses;
    }

    private static String name(Class<?> service, String method) {
        return service.getSimpleName() + "." + method;
    }

    private static boolean isTold(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        return parameters.length > 0 && parameters[parameters.length - 1] == CallContext.class;
    }

    private static Stream<Method> methods(Class<?> service) {
        return Stream.of(service.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic());
    }

    /** Interfaces of the api and of the core that something in the bundles holds. */
    private static Set<Class<?>> services() {
        Set<Class<?>> services = new TreeSet<>(Comparator.comparing(Class::getName));
        BUNDLES.stream()
                .flatMap(CallersKnownTest::classes)
                .flatMap(CallersKnownTest::held)
                .forEach(type -> collect(type, services));
        return services;
    }

    private static Stream<Type> held(Class<?> type) {
        return Stream.concat(
                Stream.of(type.getDeclaredFields()).map(Field::getGenericType),
                Stream.of(type.getDeclaredConstructors())
                        .map(Constructor::getGenericParameterTypes)
                        .flatMap(Stream::of));
    }

    private static void collect(Type type, Set<Class<?>> services) {
        if (type instanceof ParameterizedType parameterized) {
            Stream.of(parameterized.getActualTypeArguments()).forEach(argument -> collect(argument, services));
        } else if (type instanceof WildcardType wildcard) {
            Stream.of(wildcard.getUpperBounds()).forEach(bound -> collect(bound, services));
        } else if (type instanceof Class<?> found && found.isInterface() && !found.isSealed() && isOfTheCore(found)) {
            services.add(found);
        }
    }

    private static boolean isOfTheCore(Class<?> type) {
        return type.getPackageName().startsWith("eu.nephele.smo.api.")
                || type.getPackageName().startsWith("eu.nephele.smo.core.contract.");
    }

    private static Stream<Class<?>> classes(Class<?> ofBundle) {
        String folder = ofBundle.getPackageName().replace('.', '/') + "/";
        return files(ofBundle).stream()
                .filter(file -> file.startsWith(folder) && file.endsWith(".class"))
                .map(file -> file.replace(".class", "").replace('/', '.'))
                .map(CallersKnownTest::named);
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name, false, CallersKnownTest.class.getClassLoader());
        } catch (ClassNotFoundException gone) {
            throw new AssertionError(gone);
        }
    }

    /** Of the folder or jar that a class is from. */
    private static List<String> files(Class<?> type) {
        try {
            Path place = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (!Files.isDirectory(place)) {
                try (JarFile jar = new JarFile(place.toFile())) {
                    return jar.stream().map(entry -> entry.getName()).toList();
                }
            }
            try (Stream<Path> files = Files.walk(place)) {
                return files.map(file -> place.relativize(file).toString().replace('\\', '/'))
                        .toList();
            }
        } catch (IOException | URISyntaxException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
