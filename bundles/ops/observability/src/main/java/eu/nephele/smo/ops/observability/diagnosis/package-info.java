// SPDX-License-Identifier: Apache-2.0
/** What a server tells about itself in an archive without secrets. */
package eu.nephele.smo.ops.observability.diagnosis;
