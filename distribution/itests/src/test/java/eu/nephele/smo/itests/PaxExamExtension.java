// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.ExamSystem;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestAddress;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.TestContainerException;
import org.ops4j.pax.exam.TestProbeBuilder;
import org.ops4j.pax.exam.spi.PaxExamRuntime;

/** Runs the methods of a Jupiter test class inside an OSGi container that Pax Exam starts once per class. */
public final class PaxExamExtension implements BeforeAllCallback, AfterAllCallback, InvocationInterceptor {

    private static final Set<String> STARTING = Set.of("smo-store-opener", "FelixStartLevel");
    private static final int FRAMES = 12;

    private final Map<String, TestAddress> addresses = new HashMap<>();
    private ExamSystem system;
    private TestContainer container;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Class<?> testClass = context.getRequiredTestClass();
        system = PaxExamRuntime.createTestSystem(optionsOf(testClass));
        container = PaxExamRuntime.createContainer(system);
        container.start();
        TestProbeBuilder probe = system.createProbe();
        for (Method method : testClass.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                addresses.put(method.getName(), probe.addTest(testClass, method.getName()));
            }
        }
        container.installProbe(probe.build().getStream());
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        invocation.skip();
        try {
            container.call(addresses.get(method.getExecutable().getName()));
        } catch (TestContainerException wrapped) {
            throw withWhatStillStarts(causeOf(wrapped));
        }
    }

    /**
     * A container that never gets its store has a thread that opens it, or one that starts bundles, in a place that no log
     * shows. Others are left as they are, also what skips a test.
     */
    private static Throwable withWhatStillStarts(Throwable failure) {
        String starting = Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> STARTING.contains(thread.getKey().getName()))
                .filter(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith("eu.nephele.")))
                .map(thread -> thread.getKey().getName() + " " + thread.getKey().getState() + " at "
                        + frames(thread.getValue()))
                .collect(Collectors.joining("; "));
        return starting.isEmpty() || !(failure instanceof AssertionError)
                ? failure
                : new AssertionError(starting + ": " + failure.getMessage(), failure);
    }

    private static String frames(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .limit(FRAMES)
                .map(frame -> frame.getClassName().replaceFirst(".*\\.", "") + "." + frame.getMethodName() + ":"
                        + frame.getLineNumber())
                .collect(Collectors.joining(" < "));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (container != null) {
            container.stop();
        }
        if (system != null) {
            system.clear();
        }
    }

    /** The assertion that failed inside the container, out of its wrapping. */
    private static Throwable causeOf(TestContainerException wrapped) {
        Throwable cause = wrapped;
        while ((cause instanceof TestContainerException || cause instanceof InvocationTargetException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static Option[] optionsOf(Class<?> testClass) throws ReflectiveOperationException {
        for (Method method : testClass.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Configuration.class)) {
                method.setAccessible(true);
                return (Option[]) method.invoke(null);
            }
        }
        throw new IllegalStateException(testClass.getName() + " has no method with @Configuration");
    }
}
