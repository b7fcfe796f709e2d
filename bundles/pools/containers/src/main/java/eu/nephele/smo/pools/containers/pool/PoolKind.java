// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.pools.containers.check.FileSchema;
import java.util.List;
import java.util.Set;

/** The kind of pools: of the whole server, since a pool says which machines are reached by which keys. */
final class PoolKind {

    static final String NAME = "container-pool";

    static final ResourceKind KIND =
            new ResourceKind(NAME, ResourceKind.Scope.SERVER, 1, schema().toString(), Set.of());

    private static final int LONGEST_MARK = 100;
    private static final int LONGEST_IMAGE = 1000;
    private static final int LONGEST_REQUEST = 400;

    private PoolKind() {}

    /** The schema of the file is a member of that of pools; what it refers to is at the root there. */
    private static ObjectNode schema() {
        ObjectNode file = FileSchema.document();
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode schema = json.objectNode();
        schema.set("$schema", file.remove("$schema"));
        file.remove("$id");
        ObjectNode definitions = (ObjectNode) file.remove("$defs");
        schema.put("title", "A pool of containers");
        schema.put("type", "object");
        schema.putArray("required").add(PoolDocument.FILE);
        ObjectNode members = schema.putObject("properties");
        members.set(PoolDocument.FILE, file);
        members.putObject(PoolDocument.PROJECT)
                .put("description", "Of the graphs of the pool; it does not change")
                .put("type", "string")
                .put("pattern", "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")
                .put("default", PoolDocument.USUAL_PROJECT);
        members.putObject(PoolDocument.SOURCE)
                .put("description", "Digest of the text that the file was read from last")
                .put("type", "string")
                .put("maxLength", LONGEST_MARK);
        ObjectNode replacement = members.putObject(PoolDocument.REPLACED)
                .put("description", "By service: when all of its containers are to be replaced")
                .put("type", "object")
                .putObject("additionalProperties")
                .put("type", "object")
                .put("additionalProperties", false);
        replacement.putArray("required").add(PoolDocument.MARK);
        ObjectNode said = replacement.putObject("properties");
        said.putObject(PoolDocument.MARK)
                .put("description", "Another text each time")
                .put("type", "string")
                .put("maxLength", LONGEST_MARK);
        said.putObject(PoolDocument.PULL)
                .put("description", "Whether the image is looked up anew, under the same reference")
                .put("type", "boolean");
        scaled(members);
        updates(members);
        schema.put("additionalProperties", false);
        schema.set("$defs", definitions);
        return schema;
    }

    private static void scaled(ObjectNode members) {
        ObjectNode number = members.putObject(PoolDocument.SCALED)
                .put("description", "By service: the number of replicas that a person asked for last")
                .put("type", "object")
                .putObject("additionalProperties")
                .put("type", "object")
                .put("additionalProperties", false);
        number.putArray("required").add(ManualScale.REPLICAS).add(ManualScale.AT);
        ObjectNode said = number.putObject("properties");
        said.putObject(ManualScale.REPLICAS).put("type", "integer").put("minimum", 0);
        said.putObject(ManualScale.AT)
                .put("description", "When")
                .put("type", "string")
                .put("maxLength", LONGEST_MARK);
        said.putObject(ManualScale.REQUEST)
                .put("description", "By which a repetition of the request is recognised")
                .put("type", "string")
                .put("maxLength", LONGEST_REQUEST);
    }

    private static void updates(ObjectNode members) {
        ObjectNode update = members.putObject(PoolDocument.UPDATES)
                .put("description", "By service: the last replacement of its containers, and what ran before")
                .put("type", "object")
                .putObject("additionalProperties")
                .put("type", "object");
        update.putArray("required")
                .add(ServiceUpdate.IMAGE)
                .add(ServiceUpdate.FROM)
                .add(ServiceUpdate.AT);
        ObjectNode said = update.putObject("properties");
        for (String text :
                List.of(ServiceUpdate.IMAGE, ServiceUpdate.FROM, ServiceUpdate.AT, ServiceUpdate.ABORTED_AT)) {
            said.putObject(text).put("type", "string").put("maxLength", LONGEST_IMAGE);
        }
        said.putObject(ServiceUpdate.BEFORE).put("type", "object");
    }
}
