// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

/**
 * Identity of a workload: objects of different kinds may have the same name.
 *
 * @param path {@code namespace/name}
 */
public record WorkloadId(WorkloadKind kind, String path) {}
