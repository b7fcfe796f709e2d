// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import org.osgi.annotation.versioning.ProviderType;

/** Reads descriptors, for bundles that deploy graphs which they make themselves. Threads may share it. */
@ProviderType
public interface GraphReader {

    /**
     * The request that a document asks for, as if somebody had sent it: syntax, schema and meaning are checked, with the strategies and
     * intents that are installed now.
     *
     * @param document with {@code hdaGraph}, and {@code override} where wanted
     * @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} with a JSON pointer for each mistake; {@code TOO_LARGE}
     */
    DeployRequest read(String project, JsonObject document);
}
