// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.api.port.WorkloadRef;

record ReleaseName(String namespace, String name) {

    static ReleaseName from(WorkloadRef workload) {
        return new ReleaseName(workload.graph().project(), workload.service());
    }
}
