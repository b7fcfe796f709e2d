// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.time.Deadline;
import eu.nephele.smo.api.time.UsedTime;
import eu.nephele.smo.core.contract.decision.AbandonedThreads;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.trace.InstalledTracing;
import eu.nephele.smo.core.contract.trace.TraceSpan;
import eu.nephele.smo.core.contract.trace.Tracing;
import eu.nephele.smo.core.strategies.registry.Origin;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.RegistryListener;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.settings.SettingsSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls strategies, objectives and handlers so that none of them can do harm: at most so many at once, on threads of
 * ours, each within its time budget, which counts used time ({@link UsedTime}). A call that overruns it is interrupted;
 * one that ignores the interrupt is abandoned, and its service not called again until that thread has ended.
 */
@Component(service = {StrategyGuard.class, AbandonedThreads.class})
public final class StrategyGuard implements GuardedCalls, AbandonedThreads, AutoCloseable {
    /** Time for an interrupted call to end before its caller abandons it. */
    private static final Duration INTERRUPT_TAKES_EFFECT = Duration.ofMillis(50);

    private static final Logger LOG = LoggerFactory.getLogger(StrategyGuard.class);
    private static final int TRIALS_AT_ONCE = 1;
    private static final int FEW_PROCESSORS = 2;

    private final SettingsSource settings;
    private final Supplier<UsedTime> usedTime;
    private final ResizableSemaphore permits;
    private final ResizableSemaphore trialPermits = new ResizableSemaphore(TRIALS_AT_ONCE);
    private final CallWatch watch;
    private final StrategyThreads threads = new StrategyThreads();
    private final Subscription departures;
    private final Tracing tracing;

    @Activate
    public StrategyGuard(
            BundleContext context,
            @Reference SettingsSource settings,
            @Reference EjectionPolicy ejectionPolicy,
            @Reference StrategyRegistry registry) {
        this(settings, ejectionPolicy, registry, HeapUse.ofProcess(), UsedTime::new, new InstalledTracing(context));
    }

    /** Without traces. */
    public StrategyGuard(SettingsSource settings, EjectionPolicy ejectionPolicy, StrategyRegistry registry) {
        this(settings, ejectionPolicy, registry, HeapUse.ofProcess(), UsedTime::new);
    }

    StrategyGuard(
            SettingsSource settings,
            EjectionPolicy ejectionPolicy,
            StrategyRegistry registry,
            HeapUse heap,
            Supplier<UsedTime> usedTime) {
        this(settings, ejectionPolicy, registry, heap, usedTime, Tracing.off());
    }

    StrategyGuard(
            SettingsSource settings,
            EjectionPolicy ejectionPolicy,
            StrategyRegistry registry,
            HeapUse heap,
            Supplier<UsedTime> usedTime,
            Tracing tracing) {
        this.tracing = tracing;
        this.settings = settings;
        this.usedTime = usedTime;
        this.permits = new ResizableSemaphore(settings.get().poolSize());
        this.watch = new CallWatch(settings, ejectionPolicy, threads, heap);
        this.departures = registry.listen(new RegistryListener() {
            @Override
            public void ejected(RegisteredService registeredService, String why) {
                Origin origin = registeredService.description().origin();
                boolean last = registry.all().stream()
                        .filter(other -> other != registeredService
                                && !origin.content().isEmpty()
                                && other.description().origin().equals(origin))
                        .noneMatch(other -> other.state() == StrategyControl.State.USED);
                int ended =
                        last && !BundleRoles.has(registeredService) ? threads.interruptStartedBy(registeredService) : 0;
                if (ended > 0) {
                    LOG.warn("interrupted threads started by calls count={} strategy=\"{}\"", ended, registeredService);
                }
            }

            @Override
            public void gone() {
                threads.renew();
            }
        });
    }

    @Deactivate
    @Override
    public void close() {
        departures.close();
        threads.close();
        watch.close();
        if (tracing instanceof InstalledTracing installed) {
            installed.close();
        }
    }

    @Override
    public <R> GuardedResult<R> call(
            RegisteredService registeredService, long budgetMillis, Function<Deadline, R> body) {
        permits.resize(settings.get().poolSize());
        return with(permits, registeredService, budgetMillis, true, body);
    }

    /** Calls whose answers are for comparison only: one at a time, also of what the gate holds back. */
    public GuardedCalls trials() {
        return this::trial;
    }

    private <R> GuardedResult<R> trial(
            RegisteredService registeredService, long budgetMillis, Function<Deadline, R> body) {
        return with(trialPermits, registeredService, budgetMillis, false, body);
    }

    public boolean crowded() {
        return permits.hasQueuedThreads();
    }

    @Override
    public int abandonedThreads() {
        return watch.abandoned();
    }

    @Override
    public int mostAbandonedThreads() {
        int configured = settings.get().limits().maxAbandonedThreads();
        int byProcessors = Runtime.getRuntime().availableProcessors() <= FEW_PROCESSORS ? 1 : 2;
        return configured > 0 ? configured : byProcessors;
    }

    private <R> GuardedResult<R> with(
            ResizableSemaphore resizableSemaphore,
            RegisteredService registeredService,
            long budgetMillis,
            boolean live,
            Function<Deadline, R> body) {
        try (TraceSpan span = tracing.span(registeredService.description().spanName())) {
            resizableSemaphore.acquire();
            try {
                GuardedResult<R> result = guarded(registeredService, budgetMillis, live, body);
                if (result instanceof GuardedResult.Faulted<R> faulted) {
                    span.failed(faulted.what() + ": " + faulted.message());
                }
                return result;
            } finally {
                resizableSemaphore.release();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** For callers whose own wait was interrupted: keeps the flag and returns the failure. */
    public static SmoException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return unavailable("Interrupted while a decision was made", cause);
    }

    private static SmoException unavailable(String message, Throwable cause) {
        SmoException exception = SmoException.of(SmoException.Kind.UNAVAILABLE, "smo", message, Optional.empty());
        exception.initCause(cause);
        return exception;
    }

    private <R> GuardedResult<R> guarded(
            RegisteredService registeredService, long budgetMillis, boolean live, Function<Deadline, R> body)
            throws InterruptedException {
        if (registeredService.abandonedCalls() > 0) {
            return new GuardedResult.Faulted<>(
                    "stuck",
                    "an earlier call ignores its interruption; not called again until that ends",
                    Optional.empty());
        }
        CallBudget time = new CallBudget(
                budgetMillis, settings.get().budgets().graceMillis(), usedTime.get(), watch.starvation());
        GuardedCall<R> call = new GuardedCall<>(
                registeredService, time, live, watch, tracing.carry(() -> body.apply(time.deadline())));
        if (!registeredService.enter(call)) {
            return new GuardedResult.Gone<>();
        }
        try {
            threads.execute(registeredService, call);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            registeredService.leave(call);
            throw unavailable("No thread for a strategy: they are being stopped, or the process has none left", e);
        }
        return await(call);
    }

    private <R> GuardedResult<R> await(GuardedCall<R> call) throws InterruptedException {
        try {
            call.awaitStart();
            R answer = call.answer();
            return answer == null
                    ? new GuardedResult.Faulted<>("invalid_answer", "answered null", Optional.empty())
                    : new GuardedResult.Answered<>(answer);
        } catch (ExecutionException e) {
            Optional<Throwable> thrown = call.thrown();
            String message = thrown.map(ForeignText::describe).orElse("failed");
            return thrown.filter(OutOfMemoryError.class::isInstance).isPresent()
                    ? watch.outOfMemory(call, message, thrown)
                    : new GuardedResult.Faulted<>("exception", message, thrown);
        } catch (CancellationException e) {
            return givenUp(call);
        } catch (TimeoutException e) {
            call.runOut();
            return givenUp(call);
        } catch (InterruptedException e) {
            call.interrupt("its caller was interrupted");
            throw e;
        }
    }

    private <R> GuardedResult<R> givenUp(GuardedCall<R> call) throws InterruptedException {
        boolean ended = call.offer().awaitLeft(call, INTERRUPT_TAKES_EFFECT);
        if (!ended) {
            watch.abandon(call);
        }
        GuardedCall.Stop why = call.stopped();
        return new GuardedResult.Faulted<>(
                why.what(), why.message() + (ended ? "" : "; it ignores the interruption"), Optional.empty());
    }
}
