// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.abort;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.Port;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Common part of all contracts of ports. A subclass supplies the adapter, connected to a working system, and the few things
 * that only it can know. Each test gets its own instance of the subclass; the adapter must be the same throughout a test.
 *
 * @param <T> the port
 */
public abstract class PortContract<T> {

    private static final int THREADS = 4;
    private static final int CALLS_OF_A_THREAD = 10;

    private final Class<T> port;

    PortContract(Class<T> port) {
        this.port = port;
    }

    /** The adapter under test, the same at each call within a test. */
    protected abstract T adapter();

    /** A call that goes to the outside system and changes nothing. */
    abstract Object ask(T adapter);

    /**
     * The properties that the adapter is published with: those of its {@code @Component} annotation unless overridden, as it has to
     * be where they come from the configuration.
     */
    protected Map<String, ?> serviceProperties() {
        return ComponentProperties.read(adapter().getClass());
    }

    /**
     * Name of the outside system: the value of {@link AdapterException#SYSTEM}, which is required. Empty for an adapter that
     * calls no outside system, so that each of its ports stands for itself.
     */
    protected Optional<String> system() {
        return Optional.of(property(AdapterException.SYSTEM));
    }

    /** Makes the outside system fail for every call from now on; without this the check of failures is skipped. */
    protected void breakTheSystem() {
        abort("The test does not say how the system fails; override breakTheSystem()");
    }

    /** Time limit of every call, and of every notification. */
    protected Duration within() {
        return Duration.ofSeconds(10);
    }

    /** Number of writes to the outside system; always 0 where it does not count. */
    protected long effects() {
        return 0;
    }

    @Test
    void isPublishedWithThePropertiesThatItsPortNeeds() {
        system().ifPresent(name -> assertThat(property(AdapterException.SYSTEM)).isEqualTo(name));
        needed().ifPresent(name -> assertThat(texts(serviceProperties().get(name)))
                .as("service property %s of %s", name, serviceProperties())
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text).isNotBlank()));
    }

    /** Name of the service property, besides that of the system, that the port needs; empty: none. */
    private Optional<String> needed() {
        return Optional.ofNullable(port.getAnnotation(Port.class))
                .map(Port::chosenBy)
                .filter(name -> !name.isEmpty());
    }

    @Test
    void aFailureIsAnAdapterExceptionOfItsSystemInTime() throws Exception {
        T adapter = adapter();
        breakTheSystem();
        Throwable failure = inTime(() -> catchThrowable(() -> ask(adapter)));
        assertThat(failure)
                .as("failure that the adapter throws while the system fails")
                .isInstanceOfSatisfying(AdapterException.class, thrown -> {
                    assertThat(thrown.kind())
                            .as("kind of '%s'", thrown.getMessage())
                            .isIn(Kind.UNAVAILABLE, Kind.TIMED_OUT);
                    assertThat(thrown.getMessage()).as("message of the failure").isNotBlank();
                    assertThat(thrown.system()).as("the system of the failure").isNotBlank();
                    system().ifPresent(name -> assertThat(thrown.system())
                            .as("the system of the failure and of %s", AdapterException.SYSTEM)
                            .isEqualTo(name));
                });
    }

    @Test
    void isAskedByManyThreadsAtOnce() throws Exception {
        T adapter = adapter();
        Object alone = ask(adapter);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<Object>>> answers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                answers.add(threads.submit(() -> asked(adapter)));
            }
            for (Future<List<Object>> answer : answers) {
                assertThat(got(answer))
                        .as("answers to several threads, and to one alone")
                        .allMatch(alone::equals);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Object> asked(T adapter) {
        List<Object> answers = new ArrayList<>();
        for (int i = 0; i < CALLS_OF_A_THREAD; i++) {
            answers.add(ask(adapter));
        }
        return answers;
    }

    /** Runs a call that must end in time, and returns its answer. */
    final <R> R inTime(Callable<R> call) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            return got(thread.submit(call));
        } finally {
            thread.shutdownNow();
        }
    }

    private <R> R got(Future<R> answer) throws Exception {
        try {
            return answer.get(within().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("A call did not end within %s".formatted(within()), late);
        } catch (ExecutionException failed) {
            throw new AssertionError("A call failed: " + failed.getCause(), failed.getCause());
        }
    }

    /** Checks that a failure names its kind. */
    final void refuses(Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AdapterException.class, thrown -> assertThat(thrown.kind())
                .as("kind of '%s'", thrown.getMessage())
                .isEqualTo(kind));
    }

    /** A service may have a property with one value or with several. */
    private static List<String> texts(@Nullable Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).toList();
        }
        if (value instanceof Object[] several) {
            return Arrays.stream(several).map(String::valueOf).toList();
        }
        return value instanceof String one ? List.of(one) : List.of();
    }

    final String property(String name) {
        Object value = serviceProperties().get(name);
        assertThat(value)
                .as("service property %s of %s", name, serviceProperties())
                .isInstanceOfSatisfying(String.class, text -> assertThat(text).isNotBlank());
        return String.valueOf(value);
    }
}
