// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import io.fabric8.kubernetes.client.utils.Utils;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Starts the threads that the library and the Java runtime keep for ever, before other code of ours does. A thread keeps the
 * code that started it, and with it the class loader of a bundle that may be replaced; so they are started on a thread of the
 * runtime, by a task without our classes.
 */
final class SharedThreads {

    private static final long SOON = 1;
    private static final long PATIENCE = 5;

    private SharedThreads() {}

    /** @return whether they run; false if the runtime has had no free thread so far */
    static boolean start() {
        Runnable nothing = MethodHandleProxies.asInterfaceInstance(
                Runnable.class, MethodHandles.empty(MethodType.methodType(void.class)));
        try {
            MethodHandle ofLibrary = MethodHandles.publicLookup()
                    .findStatic(
                            Utils.class,
                            "schedule",
                            MethodType.methodType(
                                    CompletableFuture.class,
                                    Executor.class,
                                    Runnable.class,
                                    long.class,
                                    TimeUnit.class));
            MethodHandle ofRuntime = MethodHandles.publicLookup()
                    .findVirtual(
                            CompletableFuture.class,
                            "orTimeout",
                            MethodType.methodType(CompletableFuture.class, long.class, TimeUnit.class));
            boolean library = run(MethodHandles.insertArguments(
                    ofLibrary, 0, ForkJoinPool.commonPool(), nothing, SOON, TimeUnit.MILLISECONDS));
            return library
                    && run(MethodHandles.insertArguments(
                            ofRuntime, 0, new CompletableFuture<Object>(), SOON, TimeUnit.MILLISECONDS));
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException(
                    "The Kubernetes client is not the version that this adapter was built for", changed);
        }
    }

    private static boolean run(MethodHandle task) {
        Runnable plain =
                MethodHandleProxies.asInterfaceInstance(Runnable.class, task.asType(MethodType.methodType(void.class)));
        FutureTask<Boolean> done = new FutureTask<>(plain, true);
        // Not by CompletableFuture: on a machine with two cores it creates its own threads, started from here.
        ForkJoinPool.commonPool().execute(done);
        try {
            done.get(PATIENCE, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException late) {
            done.cancel(false);
            return false;
        } catch (ExecutionException failed) {
            throw new IllegalStateException("The shared connection threads cannot be started", failed);
        }
    }
}
