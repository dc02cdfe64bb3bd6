const unused = () => { throw new Error('not installed for the tests') }

export {
  unused as webRTC,
  unused as webRTCDirect,
  unused as uPnPNAT,
  unused as autoTLS,
  unused as tls,
  unused as webSockets,
  unused as http,
  unused as mdns,
  unused as autoNAT,
  unused as dcutr,
  unused as circuitRelayTransport,
  unused as circuitRelayServer,
  unused as mplex,
  unused as bootstrap
}
