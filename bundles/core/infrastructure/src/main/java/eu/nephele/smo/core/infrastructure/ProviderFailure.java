// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.Operation.Fault;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reason why a provider has failed, in words only: a stored exception would keep the classes of the plugin that
 * threw it.
 *
 * @param retryAfter delay after which the system advises to retry
 */
record ProviderFailure(Fault fault, Optional<Duration> retryAfter) {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderFailure.class);

    static ProviderFailure create(SmoException.Kind kind, String source, String message) {
        return new ProviderFailure(new Fault(kind, source, message), Optional.empty());
    }

    static ProviderFailure of(String provider, Throwable failure) {
        Throwable cause = failure.getCause();
        if (cause != null && (failure instanceof CompletionException || failure instanceof ExecutionException)) {
            return of(provider, cause);
        }
        if (failure instanceof AdapterException outside) {
            LOG.debug("provider rejected the call provider={}", provider, outside);
            Fault fault = new Fault(kind(outside), outside.system(), outside.getMessage());
            return new ProviderFailure(fault, outside.retryAfter());
        }
        LOG.error("provider call failed unexpectedly provider={}", provider, failure);
        return defect(provider);
    }

    static ProviderFailure defect(String provider) {
        return create(
                SmoException.Kind.UPSTREAM_FAILED,
                provider,
                "The provider %s has a defect; the log says more".formatted(provider));
    }

    private static SmoException.Kind kind(AdapterException failure) {
        return switch (failure.kind()) {
            case UNAVAILABLE -> SmoException.Kind.UNAVAILABLE;
            case TIMED_OUT -> SmoException.Kind.TIMED_OUT;
            case NOT_FOUND -> SmoException.Kind.NOT_FOUND;
            case CONFLICT -> SmoException.Kind.CONFLICT;
            case REFUSED -> SmoException.Kind.UPSTREAM_FAILED;
        };
    }

    String message() {
        return fault.message();
    }

    boolean isNotFound() {
        return fault.kind() == SmoException.Kind.NOT_FOUND;
    }

    JsonObject toJson() {
        JsonFieldWriter fields = new JsonFieldWriter()
                .put("kind", fault.kind().name())
                .put("source", ObservedInfrastructure.kept(fault.source()))
                .put("message", ObservedInfrastructure.kept(fault.message()));
        retryAfter.ifPresent(after -> fields.put("retryAfterSeconds", after.toSeconds()));
        return fields.object();
    }

    static ProviderFailure from(JsonFieldReader fields) {
        return new ProviderFailure(
                new Fault(
                        SmoException.Kind.valueOf(fields.text("kind")), fields.text("source"), fields.text("message")),
                fields.optionalNumber("retryAfterSeconds")
                        .map(BigDecimal::longValue)
                        .map(Duration::ofSeconds));
    }
}
