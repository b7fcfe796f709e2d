// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.InfrastructureProvider.Infrastructure;
import eu.nephele.smo.api.runtime.SmoException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** @param there infrastructure afterwards; empty after a deletion */
record ProviderResult(Optional<Infrastructure> there, Optional<ProviderFailure> refusal) {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderResult.class);
    private static final int MOST_ID_CHARACTERS = 1000;
    private static final int MOST_STATUS_CHARACTERS = 200;
    private static final int MOST_DETAILS_CHARACTERS = 100_000;

    static ProviderResult failed(ProviderFailure why) {
        return new ProviderResult(Optional.empty(), Optional.of(why));
    }

    static ProviderResult deleted() {
        return new ProviderResult(Optional.empty(), Optional.empty());
    }

    boolean isUnavailable() {
        return refusal.filter(why -> why.fault().kind() == SmoException.Kind.UNAVAILABLE)
                .isPresent();
    }

    /** A provider may answer what it must not. */
    static ProviderResult made(String provider, @Nullable Infrastructure answer) {
        if (answer == null || !isUsable(answer.id(), answer.status(), answer.details())) {
            LOG.error("answer rejected provider={} answer={}; this is a defect of the provider", provider, answer);
            return failed(ProviderFailure.defect(provider));
        }
        return new ProviderResult(Optional.of(storable(answer)), Optional.empty());
    }

    /** Returns the storable part: values that the database cannot hold are left out, and the id counts. */
    private static Infrastructure storable(Infrastructure answer) {
        String details = answer.details().toJson();
        boolean fits = details.length() <= MOST_DETAILS_CHARACTERS && !details.contains("\\u0000");
        String status = ObservedInfrastructure.kept(answer.status());
        return new Infrastructure(
                answer.id(),
                status.substring(0, Math.min(status.length(), MOST_STATUS_CHARACTERS)),
                fits
                        ? answer.details()
                        : JsonObject.EMPTY.with(
                                "omitted",
                                new JsonString("%d characters, or a NUL among them".formatted(details.length()))));
    }

    private static boolean isUsable(@Nullable String id, @Nullable String status, @Nullable JsonObject details) {
        return id != null
                && !id.isEmpty()
                && id.length() <= MOST_ID_CHARACTERS
                && id.indexOf('\0') < 0
                && status != null
                && details != null;
    }
}
