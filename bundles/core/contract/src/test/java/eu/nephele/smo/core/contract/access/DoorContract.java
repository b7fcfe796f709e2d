// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.access;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Verb;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every method of every authorized service of a bundle checks the permissions of the caller. A bundle extends this,
 * creates its services with {@link #rights}, and puts behind them everything that can be seen and changed: one set is
 * enough for all methods, since none may change anything.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DoorContract {

    /** The caller. */
    protected static final CallContext ANNA = CallContext.of("anna", "10.0.0.1", Set.of(), "c1");

    private static final Map<Class<?>, Object> EXAMPLES = Map.ofEntries(
            Map.entry(CallContext.class, ANNA),
            Map.entry(boolean.class, true),
            Map.entry(int.class, 10),
            Map.entry(long.class, 1L),
            Map.entry(Duration.class, Duration.ZERO),
            Map.entry(Optional.class, Optional.empty()),
            Map.entry(OptionalLong.class, OptionalLong.empty()),
            Map.entry(List.class, List.of()),
            Map.entry(Set.class, Set.of()));

    /** Permissions of Anna, and the audit. */
    protected final Rights rights = new Rights();

    /** The interfaces of the authorized services, all of whose methods are called, with their implementations. */
    protected abstract Map<Class<?>, Object> doors();

    /** Returns whether a method changes nothing: then a caller who may read gets an existing object. */
    protected abstract boolean onlyReads(Method method);

    /** Everything that a change would change, in a form that is equal while nothing has changed. */
    protected abstract Object stored() throws Exception;

    /** Arguments of a parameter, for a call that succeeds for a caller with all permissions. */
    protected Object argument(Method method, int index) throws Exception {
        Class<?> type = method.getParameterTypes()[index];
        return Optional.ofNullable(EXAMPLES.get(type)).orElseThrow(() -> new AssertionError("No example of " + type));
    }

    /** Returns whether a method concerns no resources: it takes no context, and permissions are not checked. */
    protected boolean isNobodys(Method method) {
        return false;
    }

    /** Returns whether a method reads nothing in this bundle. */
    protected boolean readsNothing(Method method) {
        return false;
    }

    @BeforeEach
    final void everybodyMayEverything() {
        rights.reset();
    }

    protected final Stream<Method> methods() {
        return doors().keySet().stream()
                .flatMap(door -> Arrays.stream(door.getMethods()))
                .filter(method -> !method.isSynthetic() && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !isNobodys(method));
    }

    @ParameterizedTest
    @MethodSource("methods")
    final void whoMayNothingSeesNothingAndChangesNothing(Method method) throws Exception {
        rights.allow(Set.of());
        Object before = stored();
        Object outcome = outcome(method);
        assertThat(isHidden(outcome)).as("%s", outcome).isTrue();
        assertThat(stored()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("methods")
    final void whoMayReadSeesWhatIsThereAndIsToldThatTheyMayNotChangeIt(Method method) throws Exception {
        rights.allow(Set.of(Verb.READ));
        Object before = stored();
        Object outcome = outcome(method);
        if (onlyReads(method)) {
            assertThat(isHidden(outcome)).as("%s", outcome).isEqualTo(readsNothing(method));
            assertThat(rights.told()).as("it only reads").isEmpty();
        } else {
            assertThat(outcome).isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.kind())
                    .as("%s", refused)
                    .isEqualTo(SmoException.Kind.FORBIDDEN));
            assertThat(rights.told()).last().extracting(AuditRecord::outcome).isEqualTo("forbidden");
            assertThat(rights.told()).last().extracting(AuditRecord::principal).isEqualTo("anna");
        }
        assertThat(stored()).isEqualTo(before);
    }

    /** As if it were not there. */
    private static boolean isHidden(Object outcome) {
        if (outcome instanceof SmoException refused) {
            return refused.kind() == SmoException.Kind.NOT_FOUND;
        }
        if (outcome instanceof Optional<?> found) {
            return found.isEmpty();
        }
        if (outcome instanceof Map<?, ?> counts) {
            return counts.isEmpty();
        }
        return outcome instanceof Collection<?> list && list.isEmpty();
    }

    /** @return what is answered, or the refusal */
    private Object outcome(Method method) throws Exception {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(method, i);
        }
        assertThat(List.of(arguments)).as("%s gets the caller", method).last().isEqualTo(ANNA);
        try {
            Object answer = method.invoke(doors().get(method.getDeclaringClass()), arguments);
            return answer == null ? "done" : answer;
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof SmoException refused) {
                return refused;
            }
            throw thrown;
        }
    }
}
