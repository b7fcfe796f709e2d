// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

/** Objects of different kinds may have the same {@code namespace/name}. */
public record WorkloadId(WorkloadKind kind, String path) {}
