// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.call;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonTreeReader;
import eu.nephele.smo.access.client.json.UnexpectedAnswerException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A call that has not been sent. It can be sent by {@link #send()} or {@link #sendLater()}, and more than once: a change that has
 * an idempotency key then has the same one, so that the server makes it once.
 */
public final class SmoCall<T> {

    private final CallSender sender;
    private final SmoRequest request;
    private final Function<JsonNode, T> reader;

    SmoCall(CallSender sender, SmoRequest request, Function<JsonNode, T> reader) {
        this.sender = sender;
        this.request = request;
        this.reader = reader;
    }

    /**
     * Sends it and waits for the answer.
     *
     * @throws SmoProblemException when the server answers with a problem
     * @throws SmoUnreachableException when it does not answer
     */
    public T send() {
        return read(sender.send(request));
    }

    /** Sends it; the stage fails with the same exceptions. */
    public CompletionStage<T> sendLater() {
        return sender.sendLater(request).thenApply(this::read);
    }

    /** Sends it, and returns the tag of the state as well. */
    public TaggedValue<T> sendTagged() {
        SmoResponse response = sender.send(request);
        return new TaggedValue<>(read(response), response.header("etag").orElse(""));
    }

    /** The call takes effect only in that state; else its status is 412. */
    public SmoCall<T> onlyIf(String tag) {
        return new SmoCall<>(sender, request.with("If-Match", tag), reader);
    }

    /** The call only creates; else its status is 412. */
    public SmoCall<T> onlyNew() {
        return new SmoCall<>(sender, request.with("If-None-Match", "*"), reader);
    }

    /**
     * A key of the caller, for instance one that survives its restart: the call is sent again after a lost connection. Only for operations
     * to which the contract gives an {@code Idempotency-Key}: others ignore it, and make the change again.
     */
    public SmoCall<T> withIdempotencyKey(String key) {
        return new SmoCall<>(
                sender, request.with(SmoRequest.IDEMPOTENCY_KEY, key).asRepeatable(), reader);
    }

    public SmoCall<T> within(Duration patience) {
        return new SmoCall<>(sender, request.within(patience), reader);
    }

    /** The same call with its answer read in another way. */
    public <U> SmoCall<U> as(Function<? super T, U> further) {
        return new SmoCall<>(sender, request, reader.andThen(further));
    }

    /** Method and path. */
    @Override
    public String toString() {
        return request.toString();
    }

    private T read(SmoResponse response) {
        try {
            return reader.apply(new JsonTreeReader().read(response.body()));
        } catch (IOException noJson) {
            throw new UnexpectedAnswerException(
                    "%s answered %d with a body that is no JSON".formatted(request, response.status()), noJson);
        }
    }
}
