// SPDX-License-Identifier: Apache-2.0
/** The socket of a container engine on another machine, brought here by SSH: no program of Docker is needed there, and none of SSH here. */
package eu.nephele.smo.adapters.docker.ssh;
