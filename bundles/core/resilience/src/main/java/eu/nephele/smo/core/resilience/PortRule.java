// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import eu.nephele.smo.api.port.Asynchronous;
import eu.nephele.smo.api.port.AtMostOnce;
import eu.nephele.smo.api.port.Idempotent;
import eu.nephele.smo.api.port.NonBlocking;
import eu.nephele.smo.api.port.StaleIfError;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Rules of the guard for a method of a port. */
enum PortRule {
    /** answers from memory and never blocks: nothing stands before it */
    THROUGH(NonBlocking.class),
    /** its effect exists once, however often it is called */
    REPEATABLE(Idempotent.class),
    /** like repeatable, and an answer of a while ago is better than none */
    STALE(StaleIfError.class),
    /** once: a second call may do it twice */
    ONCE(AtMostOnce.class),
    /** gives a stage; the call lasts until that is complete, and is not repeated */
    STAGE(Asynchronous.class);

    private final Class<? extends Annotation> promise;

    PortRule(Class<? extends Annotation> promise) {
        this.promise = promise;
    }

    /**
     * Reads the annotation of a method; without one it is called once.
     *
     * @throws IllegalArgumentException the annotation does not fit the method
     */
    static PortRule from(Method method) {
        List<PortRule> said = Arrays.stream(values())
                .filter(rule -> method.isAnnotationPresent(rule.promise))
                .toList();
        boolean givesStage = CompletionStage.class.isAssignableFrom(method.getReturnType());
        PortRule rule = said.isEmpty() ? givesStage ? STAGE : ONCE : said.get(0);
        if (said.size() > 1) {
            throw wrong(method, "%s and %s".formatted(said.get(0), said.get(1)), "one of them");
        } else if (givesStage && rule != STAGE && rule != THROUGH) {
            throw wrong(method, rule + " and gives a CompletionStage", STAGE.toString());
        } else if (!givesStage && rule == STAGE) {
            throw wrong(method, rule + " and gives no CompletionStage", "another annotation");
        } else if (rule == STALE && method.getParameterCount() > 0) {
            throw wrong(method, rule + " and has arguments, by which its answers differ", REPEATABLE.toString());
        }
        return rule;
    }

    private static IllegalArgumentException wrong(Method method, String said, String expected) {
        return new IllegalArgumentException("%s.%s says %s; expected %s"
                .formatted(method.getDeclaringClass().getName(), method.getName(), said, expected));
    }

    boolean repeatable() {
        return this == REPEATABLE || this == STALE;
    }

    @Override
    public String toString() {
        return "@" + promise.getSimpleName();
    }
}
