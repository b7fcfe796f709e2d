// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.nio.file.Path;

/**
 * A cluster that becomes a member of a real Karmada.
 *
 * @param name its own, and that of its context
 */
public record JoiningMember(String name, Path kubeconfig, String region, String zone) {}
