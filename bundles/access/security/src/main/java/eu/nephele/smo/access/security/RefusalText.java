// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.core.contract.access.AccessGate.Refused;

/** Writes a refusal as problem details (RFC 9457), in the shape that the rest of the server uses. */
final class RefusalText {

    static final String MEDIA_TYPE = "application/problem+json";

    private RefusalText() {}

    static String of(Refused refused, String instance, String correlationId) {
        Words words = Words.of(refused.status());
        return JsonObject.EMPTY
                .with("type", new JsonString("urn:smo:problem:" + words.kind()))
                .with("title", new JsonString(words.title()))
                .with("status", JsonNumber.of(refused.status()))
                .with("detail", new JsonString(refused.detail()))
                .with("instance", new JsonString(instance))
                .with("source", new JsonString("smo"))
                .with("correlationId", new JsonString(correlationId))
                .toJson();
    }

    private record Words(String kind, String title) {

        static Words of(int status) {
            return switch (status) {
                case 400 -> new Words("invalid", "Bad Request");
                case 401 -> new Words("unauthorized", "Unauthorized");
                case 503 -> new Words("unavailable", "Service Unavailable");
                default -> new Words("forbidden", "Forbidden");
            };
        }
    }
}
