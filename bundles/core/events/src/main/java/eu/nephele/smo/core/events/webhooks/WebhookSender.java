// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.CloudEventJson;
import eu.nephele.smo.core.contract.event.Delivery;
import eu.nephele.smo.core.contract.event.Webhook;
import eu.nephele.smo.core.contract.store.InstanceStore;
import eu.nephele.smo.core.contract.trace.TraceContext;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

final class WebhookSender implements AutoCloseable {

    private final TargetResolver targets;
    private final SigningKeys signingKeys;
    private final InstanceStore instance;
    private final Clock clock;
    private final ResponseClassifier answers;
    private final Duration connectTimeout;
    private final Duration answerTimeout;
    private final ExecutorService threads;
    private final Set<Runnable> callOffs = ConcurrentHashMap.newKeySet();
    private volatile @Nullable HttpClient client;
    private volatile @Nullable String instanceId;
    private volatile BooleanSupplier owner = () -> false;

    WebhookSender(
            TargetResolver targets,
            SigningKeys signingKeys,
            InstanceStore instance,
            Clock clock,
            Duration connectTimeout,
            Duration answerTimeout) {
        this.targets = targets;
        this.signingKeys = signingKeys;
        this.instance = instance;
        this.clock = clock;
        this.answers = new ResponseClassifier(clock);
        this.connectTimeout = connectTimeout;
        this.answerTimeout = answerTimeout;
        AtomicInteger count = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "smo-webhooks-http-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    void begin(BooleanSupplier mayCall) {
        owner = mayCall;
    }

    /**
     * @param afterGap whether the delivery of an event before this one is dead
     * @throws SmoException while the database is unavailable, or not known to be owned by this server
     */
    DeliveryOutcome post(Webhook webhook, Delivery delivery, boolean afterGap) throws InterruptedException {
        String id = instanceId();
        try {
            TargetResolver.Resolved target = targets.resolve(webhook.url());
            if (target.refusal().isPresent()) {
                return DeliveryOutcome.failed(target.refusal().get());
            }
            Optional<String> key = signingKeys.key(webhook.id(), webhook.secret());
            return key.isPresent()
                    ? exchange(request(
                            PinnedTarget.of(webhook.url(), target.address()),
                            delivery,
                            key.get(),
                            body(delivery, id, afterGap)))
                    : DeliveryOutcome.failed("The secret %s has no value".formatted(webhook.secret()));
        } catch (UnknownHostException e) {
            return DeliveryOutcome.failed(
                    "The host %s does not resolve".formatted(webhook.url().getHost()));
        } catch (AdapterException e) {
            return DeliveryOutcome.failed(e.getMessage());
        } catch (IllegalArgumentException e) {
            return DeliveryOutcome.failed("The request cannot be made: " + e.getMessage());
        }
    }

    /** Returns the id of the installation, which never changes, so that it is read once. */
    private String instanceId() {
        String known = instanceId;
        if (known == null) {
            known = instance.instanceId();
            instanceId = known;
        }
        return known;
    }

    /** Made when something is delivered: it reads the certificates of the system, and most servers have no webhook. */
    private synchronized HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            made = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(connectTimeout)
                    .executor(threads)
                    .build();
            client = made;
        }
        return made;
    }

    private static byte[] body(Delivery delivery, String instanceId, boolean afterGap) {
        ObjectNode event = CloudEventJson.toJson(delivery.event(), instanceId);
        if (afterGap) {
            event.put("gapbefore", true);
        }
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }

    private HttpRequest request(PinnedTarget target, Delivery delivery, String key, byte[] body) {
        HttpRequest.Builder request = target.request();
        String context = delivery.event().traceParent();
        if (!context.isEmpty()) {
            request.setHeader(TraceContext.HEADER, context);
        }
        return request.timeout(answerTimeout)
                .header("Content-Type", CloudEventJson.MEDIA_TYPE)
                .header("User-Agent", "smo")
                .header(WebhookSignature.HEADER, WebhookSignature.compute(key, clock.instant(), body))
                .header("Smo-Event-Id", delivery.event().id())
                .header("Smo-Delivery-Attempt", Integer.toString(delivery.attempts() + 1))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    /** The time-out of the request ends with the head of the answer; this one is for all of it. */
    private DeliveryOutcome exchange(HttpRequest request) throws InterruptedException {
        if (!owner.getAsBoolean()) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "database",
                    "Nothing is delivered: this server does not own its database now, another server may",
                    Optional.empty());
        }
        CompletableFuture<HttpResponse<Void>> answer = client().sendAsync(request, BodyHandlers.discarding());
        Runnable callOff = () -> answer.cancel(true);
        callOffs.add(callOff);
        try {
            HttpResponse<Void> response =
                    answer.get(connectTimeout.plus(answerTimeout).toMillis(), TimeUnit.MILLISECONDS);
            return answers.read(response.statusCode(), response.headers().firstValue("Retry-After"));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return DeliveryOutcome.failed(
                    "The answer did not end within %s".formatted(connectTimeout.plus(answerTimeout)));
        } catch (CancellationException e) {
            throw called(e);
        } catch (ExecutionException e) {
            return DeliveryOutcome.failed(reason(e.getCause() == null ? e : e.getCause()));
        } finally {
            callOffs.remove(callOff);
        }
    }

    private static InterruptedException called(CancellationException cause) {
        InterruptedException off = new InterruptedException("The attempt was cancelled");
        off.initCause(cause);
        return off;
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        String type = cause.getClass().getSimpleName();
        return message == null || message.isEmpty() ? type : type + ": " + message;
    }

    @Override
    public void close() {
        callOffs.forEach(Runnable::run);
        threads.shutdown();
    }
}
