// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.intent;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Gives one or several intents a meaning: constraints, weights, bounds. Publish an implementation as a service with the property
 * {@link #NAME}. A pure function of the intent and its configuration, safe to call from several threads.
 */
@ConsumerType
public interface IntentHandler {

    /** Service property (String+, required): the intents it handles, for example {@code energyEfficiency}. */
    String NAME = "smo.intent.name";

    /** Where in a descriptor an intent may stand. */
    enum Scope {
        /** under {@code hdaGraphIntent} */
        GRAPH,
        /** under {@code deployment.intent} of a service */
        SERVICE
    }

    /** Where the named intent may stand. */
    Set<Scope> scopes(String name);

    /** JSON Schema (2020-12) of the value of the named intent; becomes part of the published descriptor schema. */
    JsonObject schema(String name, Scope scope);

    /**
     * Turns the intent into requirements. Intents are applied in descriptor order, those of the graph before those of services.
     *
     * @throws IllegalArgumentException when the value is valid JSON by its schema and yet makes no sense; the message goes to
     *     the user
     */
    void apply(Intent intent, Requirements requirements);
}
