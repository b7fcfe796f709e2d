// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.intent.IntentHandler.Scope;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Violation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Catalog of the installed strategies. */
public interface StrategyCatalog {

    /** All strategies by kind, id, version. */
    List<InstalledStrategy> strategies();

    /** All objectives by name. */
    List<InstalledObjective> objectives();

    /** All intents by name. */
    List<InstalledIntent> intents();

    /** Returns the visible defaults by key of the configuration. */
    List<Default> defaults(CallContext call);

    /**
     * Returns one of the {@link #defaults} with another value, which is read as the configuration is read.
     *
     * @param key of one of them, other than {@code projectDefaults}
     * @return with a remark when the value makes no sense or names what is not installed
     * @throws IllegalArgumentException when there is no such key
     */
    Default defaultWith(String key, String value);

    /** A number that changes whenever one of the lists above does; for caches of what is derived from them. */
    long revision();

    /**
     * Checks a selection: id and version installed (unless optional), parameters valid, objectives installed.
     *
     * @param kind {@link StrategyRef#PLACEMENT} or {@link StrategyRef#SCALING}
     * @param pointer JSON pointer of the selection in the request body
     * @return what is wrong, empty when nothing is
     */
    List<Violation> check(String kind, StrategySelection selection, String pointer);

    /**
     * @param ref kind, id, version
     * @param preferred whether it is the version that decides when no version is selected
     */
    record InstalledStrategy(
            StrategyRef ref, String bundle, Set<String> capabilities, JsonObject parametersSchema, boolean preferred) {}

    /**
     * @param name used for weights
     * @param unit for people
     * @param defaultWeight weight that configuration gives it, 0 for none
     */
    record InstalledObjective(String name, String unit, String bundle, String version, double defaultWeight) {}

    /**
     * @param key of the configuration of the strategies
     * @param value that counts now; lists with commas
     * @param configured whether it is another than the built-in one
     * @param remark why it has no effect, for people; "" when it has
     */
    record Default(String key, String value, boolean configured, String remark) {}

    /** @param schemas where it may stand, with the schema of its value */
    record InstalledIntent(String name, String bundle, String version, Map<Scope, JsonObject> schemas) {}
}
