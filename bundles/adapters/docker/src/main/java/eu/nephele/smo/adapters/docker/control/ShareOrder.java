// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

import eu.nephele.smo.adapters.docker.model.ServerShare;

/**
 * What somebody asked for on one server, until it is reached.
 *
 * @param assignment number of the decision
 */
record ShareOrder(ServerShare wanted, long assignment) {}
