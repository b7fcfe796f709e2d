// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.resource;

import eu.nephele.smo.api.runtime.ResourceKind.Scope;
import eu.nephele.smo.api.runtime.ResourceRef;
import java.util.Arrays;
import java.util.Optional;

/** Kinds of the server itself: they have paths of their own, not below those of the kinds of bundles. */
enum OwnPaths {
    CLUSTERS(ResourceRef.CLUSTER, Scope.SERVER, "/api/v1/clusters"),
    GRAPHS(ResourceRef.GRAPH, Scope.PROJECT, "/api/v1/projects/{project}/graphs"),
    PLUGINS(ResourceRef.PLUGIN, Scope.SERVER, "/api/v1/plugins");

    private final String kind;
    private final Scope scope;
    private final String path;

    OwnPaths(String kind, Scope scope, String path) {
        this.kind = kind;
        this.scope = scope;
        this.path = path;
    }

    static Optional<OwnPaths> find(String kind) {
        return Arrays.stream(values()).filter(own -> own.kind.equals(kind)).findFirst();
    }

    String kind() {
        return kind;
    }

    Scope scope() {
        return scope;
    }

    /** Path of their list; a project stands in braces. */
    String path() {
        return path;
    }
}
