// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.Asynchronous;
import eu.nephele.smo.api.port.AtMostOnce;
import eu.nephele.smo.api.port.Authenticator;
import eu.nephele.smo.api.port.CallTracer;
import eu.nephele.smo.api.port.Idempotent;
import eu.nephele.smo.api.port.InfrastructureProvider;
import eu.nephele.smo.api.port.NonBlocking;
import eu.nephele.smo.api.port.OnStandby;
import eu.nephele.smo.api.port.Port;
import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.api.port.StaleIfError;
import eu.nephele.smo.api.port.Subscription;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PortRulesTest {

    /** They answer on this machine, so nothing stands before them; the last one is no service. */
    private static final List<Class<?>> NO_PORTS =
            List.of(Authenticator.class, SecretSource.class, CallTracer.class, Subscription.class);

    /** All interfaces of the package of the ports. */
    static List<Class<?>> interfaces() throws IOException, URISyntaxException {
        URI api = Port.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        String folder = Port.class.getPackageName().replace('.', '/');
        Path place = Path.of(api);
        if (Files.isDirectory(place)) {
            return interfacesIn(place.resolve(folder));
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return interfacesIn(jar.getPath(folder));
        }
    }

    private static List<Class<?>> interfacesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class") && !file.contains("$") && !file.contains("-"))
                    .<Class<?>>map(file -> loaded(file.substring(0, file.indexOf('.'))))
                    .filter(type -> type.isInterface() && !type.isAnnotation() && !NO_PORTS.contains(type))
                    .toList();
        }
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(Port.class.getPackageName() + "." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void thePackageOfThePortsIsReadAsAWhole() throws Exception {
        assertThat(interfaces()).hasSizeGreaterThan(10).contains(InfrastructureProvider.class);
    }

    @ParameterizedTest
    @MethodSource("interfaces")
    void everyMethodOfEveryPortHasARule(Class<?> port) {
        assertThat(port.isAnnotationPresent(Port.class))
                .as("%s is a port", port)
                .isTrue();
        Map<Method, GuardedOperation> read = PortRules.of(port).operations();
        assertThat(Arrays.stream(port.getDeclaredMethods())
                        .filter(method -> !method.isSynthetic() && !Modifier.isStatic(method.getModifiers())))
                .isNotEmpty()
                .allSatisfy(method -> assertThat(method.getAnnotations())
                        .as("what %s promises", method)
                        .filteredOn(promise -> !(promise instanceof OnStandby))
                        .extracting(promise -> promise.annotationType().getPackageName())
                        .containsOnlyOnce(Port.class.getPackageName()))
                .allSatisfy(method -> assertThat(rule(read, method) == PortRule.STAGE)
                        .as("%s gives a stage", method)
                        .isEqualTo(CompletionStage.class.isAssignableFrom(method.getReturnType())));
    }

    private static PortRule rule(Map<Method, GuardedOperation> read, Method method) {
        assertThat(read).containsKey(method);
        return read.get(method).rule();
    }

    @Test
    void whatNobodyHasThoughtOfIsCalledOnce() throws NoSuchMethodException {
        assertThat(PortRule.from(Runnable.class.getMethod("run"))).isEqualTo(PortRule.ONCE);
        assertThat(PortRule.from(CompletionStage.class.getMethod("toCompletableFuture")))
                .isEqualTo(PortRule.STAGE);
    }

    @Test
    void whatHasAnEffectThatMayCountTwiceIsNotRepeated() throws NoSuchMethodException {
        assertThat(PortRule.from(InfrastructureProvider.class.getMethod("scale", String.class, int.class))
                        .repeatable())
                .isFalse();
    }

    /** Says of itself what cannot be. */
    interface Contradictory {

        @Idempotent
        @AtMostOnce
        void both();

        @Idempotent
        CompletionStage<Void> repeatedStage();

        @Asynchronous
        String noStage();

        @StaleIfError
        String staleOf(String argument);

        @NonBlocking
        CompletionStage<Void> fromMemory();
    }

    @ParameterizedTest
    @CsvSource({
        "both, @Idempotent and @AtMostOnce; expected one of them",
        "repeatedStage, @Idempotent and gives a CompletionStage; expected @Asynchronous",
        "noStage, @Asynchronous and gives no CompletionStage; expected another annotation",
        "staleOf, '@StaleIfError and has arguments, by which its answers differ; expected @Idempotent'"
    })
    void whatAMethodCannotKeepIsNamed(String name, String wrong) {
        Method method = Arrays.stream(Contradictory.class.getMethods())
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> PortRule.from(method))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("Contradictory.%s says %s", name, wrong);
    }

    @Test
    void aCachedAnswerHasNoStageBeforeIt() throws NoSuchMethodException {
        assertThat(PortRule.from(Contradictory.class.getMethod("fromMemory"))).isEqualTo(PortRule.THROUGH);
    }

    @Test
    void anAdapterOfAContradictoryPortIsNotGuarded() {
        try (World world = new World()) {
            Contradictory adapter = (Contradictory) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Contradictory.class}, (proxy, method, none) -> null);
            assertThatThrownBy(() -> world.guards.guard(Contradictory.class, adapter, "x"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
